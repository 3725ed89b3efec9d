"""In: a scene and a role noun that belongs to nobody beside it ("police", "the army"). Out: its country where that is safe, and why.

Looked for in this order: who sends it, whose government says so, whose force fights it, the place in which its clause lies, the only
country that the article has named so far, the country of the dateline, of the scene, and of the sentences around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors import roles
from dragoman.actors.scene import RoleHit, Scene
from dragoman.knowledge import title_key
from dragoman.language.tree import SUBJECTS

SENT = frozenset({"MIL", "COP", "GOV", "MED", "SPY", "LEG"})
LOCAL = frozenset({"COP", "JUD", "CVL", "MED", "LAB", "EDU", "REL", "AGR"})
AT_HOME = frozenset({"GOV", "COP", "LEG", "JUD"})
AT_THE_SCENE = frozenset({"COP", "JUD"})
FORCES = frozenset({"MIL", "COP"})
OF_BODIES = "head_of_igo"
ONE_A_STATE = ("_minister", "of_state", "of_government")
RELIGIOUS = "religious_leader"
CABINET_WINDOW = 3
SUCCESSION = 3  # holders of one title in one place: an office that one follows another in
FOUGHT = frozenset({"REB", "OPP"})
AGAINST_THEIR_OWN = frozenset({"OPP", "PTY", "LEG", "LAB", "CVL", "SOC", "EDU", "MED", "REB", "REL"})


def country_of_setting(scene: Scene, hit: RoleHit) -> tuple[str | None, str]:
    """Country of a role with no owner, and why; null where none is safe."""
    text = f"'{scene.tree.text(hit.start, hit.end)}'"
    sender = _sender(scene, hit)
    if sender is not None:
        return sender, f"{text}: sent by {sender}"
    if is_from_anywhere(scene, hit):
        return None, ""
    for country, because in _answers(scene, hit):
        if country is not None:
            return country, f"{text}: {because} {country}"
    return None, ""


def is_of_many(scene: Scene, hit: RoleHit) -> bool:
    """ "West African leaders", "the finance ministers", "its secretary-general": of more states than one."""
    tree, office = scene.tree, hit.role.title.office if hit.role.title is not None else None
    if office == OF_BODIES or (hit.role.plural and office is not None and office.endswith(ONE_A_STATE)):
        return True
    return any(tree.lower[k] in scene.words.regional for k in range(tree.left[hit.top], hit.start) if tree.head[k] == hit.top)


def is_from_anywhere(scene: Scene, hit: RoleHit) -> bool:
    """ "analysts", "gunmen": as often as not from abroad."""
    free = scene.words.foreign_free
    return roles.sector_of(scene, hit.role) in free or bool({hit.role.text, hit.role.text.rsplit(" ", 1)[-1]} & free)


def _answers(scene: Scene, hit: RoleHit) -> Iterator[tuple[str | None, str]]:
    setting, tree = scene.setting, scene.tree
    yield _of_seat(scene, hit), "there is one only, of"
    yield _of_speaker(scene, hit), "told by somebody who speaks for them, of"
    yield _of_cabinet(scene, hit), "of the dateline's government, as whoever was named last, of"
    yield _of_subjects(scene, hit), "what is done to it is done by people of"
    yield _of_opponent(scene, hit), "fought by a force of"
    yield setting.opening(tree, hit.top, scene.words), "its clause opens with a place in"
    if any(token in scene.by_head for token in range(tree.left[hit.top], hit.start)):
        return
    if roles.sector_of(scene, hit.role) in (LOCAL if hit.role.plural else AT_THE_SCENE):
        yield setting.scene_of_clause(tree, hit.top), "its clause names a place in"
    end = tree.sentences[tree.sentence[hit.top]].end
    is_of_state = roles.sector_of(scene, hit.role) in roles.STATE_BODIES
    if is_of_state or setting.only(end) is not None:  # "Peru deplored the blast that killed ten people in Kenya"
        yield setting.only(hit.start), "the article has named one country only so far,"
    if not is_at_home(scene, hit):
        return
    if not setting.any(hit.start):
        yield setting.only(end), "the article has named one country only so far,"
    if not _is_of_this_place(scene, hit):
        return
    if roles.sector_of(scene, hit.role) in AT_HOME or not setting.named(hit.start, end).keys() - {setting.dateline}:
        yield setting.home(tree, hit.start), "nothing near it is of another country than the dateline,"
    if roles.sector_of(scene, hit.role) in AT_THE_SCENE:
        yield setting.scene_near(tree, hit.start), "what is told here lies in"
    local = setting.local(tree, hit.start)
    if is_of_state or not setting.named(hit.start, end).keys() - {local}:
        yield local, "the sentences here speak of one country only,"


def is_at_home(scene: Scene, hit: RoleHit) -> bool:
    """Whether a country that is not beside the noun may be its own: it is of a state, or several people of one kind."""
    role = hit.role
    return roles.sector_of(scene, role) in roles.ATTACKERS or (role.plural and not roles.is_weak(role))


def _is_of_this_place(scene: Scene, hit: RoleHit) -> bool:
    """Whether the noun is of the country around it even where the article names others: a body or servants of the state, or people that
    live there, no firm, no "a terrorist group", no "victims"."""
    sector = roles.sector_of(scene, hit.role)
    if sector in roles.STATE_BODIES:
        return True
    det = scene.tree.first(hit.top, "det")
    if sector in roles.FIRMS or (det is not None and scene.tree.lower[det] in ("a", "an")):
        return False
    return sector != roles.CIVILIANS or hit.role.text in scene.words.locals


def _sender(scene: Scene, hit: RoleHit) -> str | None:
    """The country of "Kenya sent 60 soldiers": a bare object of a verb of sending is of its subject's country."""
    tree, top = scene.tree, hit.top
    if roles.sector_of(scene, hit.role) not in SENT or not (hit.role.plural or tree.first(top, "nummod") is not None):
        return None
    while tree.dep[top] == "conj" and not tree.is_verb(tree.head[top]):
        top = tree.head[top]
    verb = tree.head[top]
    if tree.dep[top] != "dobj" or tree.lemma[verb] not in scene.words.sending:
        return None
    founds = [scene.by_head[s] for s in _doers(scene, verb) if s in scene.by_head]
    countries = {r.country for f in founds for r in f.referents if r.sort in ("state", "body", "person")}
    return countries.pop() if len(countries) == 1 else None


def _of_seat(scene: Scene, hit: RoleHit) -> str | None:
    """The country of "the pope": of a religious office that is held in one place only."""
    title = hit.role.title
    if title is None or title.office != RELIGIOUS or hit.role.plural:
        return None
    held = {place: holdings for place, holdings in scene.knowledge.by_title.items() if place[1] == title_key(hit.role.text)}
    (place, holdings), *others = held.items() or [(("", ""), [])]
    return place[0] if not others and len(holdings) >= SUCCESSION else None


def _of_speaker(scene: Scene, hit: RoleHit) -> str | None:
    """The country of "the prime minister said the government ...", "an army spokesman said soldiers ...": the speaker's own."""
    tree, verb = scene.tree, scene.tree.clause(hit.top)
    if tree.dep[verb] != "ccomp":
        return None
    speakers = [r for s in tree.labelled(tree.head[verb], "nsubj") if s in scene.by_head for r in scene.by_head[s].referents]
    offices, sector = scene.words.own.get(hit.role.text), roles.sector_of(scene, hit.role)
    if offices is not None and tree.first(hit.top, "det") is not None:
        countries = {r.country for r in speakers if r.office_code in offices or offices & r.roles}
    elif sector in FORCES and hit.role.plural and tree.dep[hit.top] in SUBJECTS:
        countries = {r.country for r in speakers if r.sector == sector}
    else:
        return None
    return countries.pop() if len(countries) == 1 else None


def _of_cabinet(scene: Scene, hit: RoleHit) -> str | None:
    """The country of "Budget Minister X" in Madrid after the Spanish premier: the dateline's, if the official named last is of it."""
    if hit.role.plural or not hit.role.text.endswith("minister"):
        return None
    here = scene.tree.sentence[hit.top]
    for sentence in range(here, max(-1, here - CABINET_WINDOW - 1), -1):
        for head in reversed(scene.heads_in(sentence, hit.start)):
            for referent in scene.by_head[head].referents:
                if referent.sort == "person" and referent.sector == "GOV" and referent.country is not None:
                    return referent.country if referent.country == scene.setting.dateline else None
    return None


def _of_subjects(scene: Scene, hit: RoleHit) -> str | None:
    """The country of "Kenyan teachers accused the government": whom people of one country, no officials, have to do with is their own."""
    tree, verb = scene.tree, scene.tree.clause(hit.top)
    if hit.role.text not in scene.words.own or tree.first(hit.top, "det") is None or tree.dep[hit.top] in SUBJECTS:
        return None
    founds = [scene.by_head[s] for s in _doers(scene, verb) if s in scene.by_head]
    countries = {r.country if r.sector in AGAINST_THEIR_OWN else None for f in founds for r in f.referents}
    named = scene.setting.named(tree.left[verb], hit.start).keys()
    return countries.pop() if len(countries) == 1 and named <= countries else None


def _of_opponent(scene: Scene, hit: RoleHit) -> str | None:
    """The country of "the Syrian army shelled the rebels": that of the force, if the clause names no other one."""
    tree = scene.tree
    prep = tree.head[hit.top]
    is_against = tree.dep[hit.top] == "pobj" and tree.lower[prep] in ("against", "on", "at", "with")
    if roles.sector_of(scene, hit.role) not in FOUGHT or not (is_against or tree.dep[hit.top] == "dobj"):
        return None
    verb = tree.clause(hit.top)
    founds = [scene.by_head[s] for s in tree.labelled(verb, "nsubj") if s in scene.by_head]
    countries = {r.country for f in founds for r in f.referents if r.sector in FORCES}
    named = scene.setting.named(tree.left[verb], tree.right[verb] + 1).keys()
    return countries.pop() if len(countries) == 1 and len(named | countries) == 1 else None


def _doers(scene: Scene, verb: int) -> Iterator[int]:
    """The subject of a verb, else the name right before it, which the parser may have joined to something else, else that of the verb
    above."""
    tree = scene.tree
    while tree.first(verb, *SUBJECTS) is None and tree.dep[verb] in ("conj", "xcomp"):
        before = min([verb, *(aux for aux in tree.labelled(verb, "aux") if aux < verb)]) - 1
        if before in scene.by_head:
            yield before
            return
        verb = tree.head[verb]
    yield from tree.labelled(verb, "nsubj")
