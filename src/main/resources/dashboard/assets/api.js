// Asks the service. What it refuses becomes a Refused with what is wrong, a remedy and a stable code.

const TOKEN = 'cellferry-token';
let signedOut = () => {};

export class Refused extends Error {
    constructor(status, {detail, title, remedy, code}, retryAfter = 0) {
        super(detail || title || `The service answered ${status}.`);
        this.status = status;
        this.remedy = remedy ?? '';
        this.code = code ?? '';
        this.retryAfter = retryAfter;
    }
}

export const onSignedOut = action => { signedOut = action; };
export const signedIn = () => sessionStorage.getItem(TOKEN) !== null;

export function signIn(token) {
    sessionStorage.setItem(TOKEN, token);
}

export function signOut() {
    sessionStorage.removeItem(TOKEN);
}

// The answer as it comes; throws Refused where it is none. `trial` is a token that is not believed yet.
export async function open(path, {method = 'GET', body, signal, accept = 'application/json', trial} = {}) {
    const headers = {Accept: `${accept}, application/problem+json`};
    const token = trial ?? sessionStorage.getItem(TOKEN);
    if (token) {
        headers.Authorization = `Bearer ${token}`;
    }
    if (body !== undefined) {
        headers['Content-Type'] = 'application/json';
    }
    let answer;
    try {
        answer = await fetch(new URL(path, location.origin), {
            method, headers, signal, body: body && JSON.stringify(body), cache: 'no-store', credentials: 'omit',
        });
    } catch (broken) {
        if (broken.name === 'AbortError') {
            throw broken;
        }
        throw new Refused(0, {
            detail: 'The service does not answer.',
            remedy: 'See that it runs and that this machine reaches it; then try again.',
            code: 'no-connection',
        });
    }
    if (answer.ok) {
        return answer;
    }
    const refused = new Refused(answer.status, await problem(answer), Number(answer.headers.get('Retry-After')) || 0);
    if (answer.status === 401 && trial === undefined && signedIn()) {
        signOut();
        signedOut(refused);
    }
    throw refused;
}

async function problem(answer) {
    try {
        return await answer.json();
    } catch {
        return {};
    }
}

export const ask = async (path, how) => (await open(path, how)).json();
export const post = (path, body = {}) => ask(path, {method: 'POST', body});

export const mayStart = me => me.role !== 'viewer';
