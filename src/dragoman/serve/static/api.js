// Answers of the API; an error has the words of the server, which say what to do.
export function addressOf(path, parameters = {}) {
  const asked = Object.entries(parameters).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const search = new URLSearchParams(asked.filter(([, value]) => value !== "" && value !== null && value !== undefined));
  return `/api/${path}${search.size ? `?${search}` : ""}`;
}

export async function ask(path, parameters = {}, options = {}) {
  const response = await fetch(addressOf(path, parameters), options);
  const body = await response.json().catch(() => ({ detail: `${response.status} ${response.statusText}` }));
  if (!response.ok) throw new Error(typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail));
  return body;
}

export const post = (path, body) => ask(path, {}, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
