// What went wrong, and what to do about it: refusals of the API, findings of a plan, the end of a run.
import {make, shape} from './element.js';

const KINDS = {
    refused: ['Refused', 'M5 1.500h6L14.500 5v6L11 14.500H5L1.500 11V5zM5 8h6', 'tone-bad'],
    warning: ['Warning', 'M8 2l6.500 12h-13zM8 6.500v3.500M8 12v.1', 'tone-warn'],
    note: ['Note', 'M8 1.500a6.500 6.500 0 1 0 .01 0M8 7v4.500M8 4.500v.1', 'tone-idle'],
};

function box(kind, heading, lines, code) {
    const [word, path, tone] = KINDS[kind] ?? KINDS.note;
    return make('div', {class: `problem ${kind}`},
        make('p', {class: `state ${tone}`}, shape(path), heading ?? word),
        lines.filter(line => line).map(line => make('p', {}, line)),
        code && make('p', {class: 'quiet code'}, code));
}

export const trouble = (heading, {message, remedy, code}) => box('refused', heading, [message, remedy], code);

// Takes the focus, so that nobody has to look for the answer to a press of a button.
export function report(place, heading, refused) {
    const answer = trouble(heading, refused);
    answer.tabIndex = -1;
    place.replaceChildren(answer);
    answer.focus();
}

export const findings = problems => problems.length > 0 && make('ul', {class: 'problems', 'aria-label': 'Findings'},
    problems.map(({severity, code, where, found, remedy}) =>
        make('li', {}, box(severity === 'refusal' ? 'refused' : severity, null, [where, found, remedy], code))));

export const empty = (...lines) => make('div', {class: 'panel empty'}, lines.map(line => make('p', {}, line)));
