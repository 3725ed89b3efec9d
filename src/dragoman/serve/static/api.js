// Answers of the API; an error has the words of the server, which say what to do.
export async function ask(path, parameters = {}, options = {}) {
  const search = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== null && value !== undefined));
  const response = await fetch(`/api/${path}${search.size ? `?${search}` : ""}`, options);
  const body = await response.json().catch(() => ({ detail: `${response.status} ${response.statusText}` }));
  if (!response.ok) throw new Error(typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail));
  return body;
}

export const post = (path, body) => ask(path, {}, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
