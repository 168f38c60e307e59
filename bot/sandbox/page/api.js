// Asking the sandbox. Everything a person does goes through its control interface (CONTROL.md).

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export const UNREACHABLE = "unreachable";

/** One person's line to the sandbox: `as` goes with every request. */
export class Api {
  constructor(as = null) {
    this.as = as;
  }

  get(path, query = {}) {
    return ask(`${path}?${this.query(query)}`);
  }

  post(path, body = {}) {
    return ask(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(this.as ? { as: this.as, ...body } : body),
    });
  }

  /** Upload a file; `fields` may share it at once (`channel`, `thread_ts`, `comment`). */
  async upload(file, fields = {}) {
    const form = new FormData();
    form.append("as", this.as);
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", file, file.name);
    return (await ask("/sandbox/files", { method: "POST", body: form })).file;
  }

  fileAddress(id, download = false) {
    return `/sandbox/files/${encodeURIComponent(id)}?${this.query(download ? { download: 1 } : {})}`;
  }

  query(query) {
    const all = this.as ? { as: this.as, ...query } : query;
    return new URLSearchParams(
      Object.entries(all).filter(([, value]) => value !== undefined && value !== null),
    ).toString();
  }
}

async function ask(address, options = {}) {
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new ApiError(UNREACHABLE, "The sandbox is not answering.");
  }
  const answer = await response.json().catch(() => null);
  if (answer?.ok) return answer;
  throw new ApiError(
    answer?.error ?? `http_${response.status}`,
    answer?.message ?? `The sandbox answered with status ${response.status}.`,
  );
}
