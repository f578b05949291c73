// Asks for the token. It is kept for this tab only and sent with each request.
import {ask, signIn} from './api.js';
import {make} from './element.js';
import {report} from './trouble.js';

export function signInView({message}, done) {
    const answer = make('div');
    const token = make('input', {id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true,
        'aria-describedby': 'token-hint'});
    const form = make('form', {class: 'panel', submit: async event => {
        event.preventDefault();
        const trial = token.value.trim();
        try {
            await ask('/api/v1/me', {trial});
            signIn(trial);
            done();
        } catch (refused) {
            report(answer, refused.status === 401 ? 'This token is not known' : 'No answer', refused);
        }
    }},
    make('div', {class: 'field'},
        make('label', {for: 'token'}, 'Token'),
        make('p', {class: 'hint', id: 'token-hint'},
            'The first one lies in the state folder of the service, as admin-token; for others, ask whoever runs it. '
            + 'It stays in this tab and is forgotten with it.'),
        token),
    make('button', {class: 'main'}, 'Sign in'));
    return {
        title: 'Sign in',
        content: [message && make('p', {}, 'The service does not take the token any more. Sign in again to go on.'), answer, form],
    };
}
