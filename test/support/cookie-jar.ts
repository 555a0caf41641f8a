/** A browser as far as redirects, forms and cookies go. */

export interface CookieJar {
  follow(url: string): Promise<Response>;
  /** Sends a form, and follows. */
  post(url: string, form: Readonly<Record<string, string>>): Promise<Response>;
  readonly visited: readonly string[];
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** Cookies are kept by host and port, and sent where their path fits. */
export function cookieJar(): CookieJar {
  const cookies = new Map<string, Cookie>();
  const visited: string[] = [];

  async function visit(url: string, init: RequestInit = {}): Promise<Response> {
    visited.push(url);
    const { origin, pathname } = new URL(url);
    const fitting = [...cookies].filter(([key, { path }]) => key.startsWith(`${origin} `) && pathname.startsWith(path));
    const cookie = fitting.map(([key, { value }]) => `${key.split(' ')[1]}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const [name = '', ...value] = pair.split('=');
      const path = /; path=([^;]+)/i.exec(set)?.[1] ?? '/';
      if (/; expires=Thu, 01 Jan 1970/i.test(set)) cookies.delete(`${origin} ${name}`);
      else cookies.set(`${origin} ${name}`, { value: value.join('='), path });
    }
    const location = response.headers.get('location');
    return location ? visit(new URL(location, url).href) : response;
  }

  return {
    visited,
    follow: (url) => visit(url),
    post: (url, form) => visit(url, { method: 'POST', body: new URLSearchParams(form) }),
  };
}
