// Controls with their labels.
import {make} from './element.js';

export function select(name, choices) {
    return make('select', {name}, choices.map(([value, text]) => make('option', {value}, text)));
}

let made = 0;

// `hint` says what may stand here, and is read with the label.
export function field(label, control, hint, extra) {
    control.id ||= `field-${++made}`;
    const said = hint && make('p', {class: 'hint', id: `${control.id}-hint`}, hint);
    if (said) {
        control.setAttribute('aria-describedby', said.id);
    }
    return make('div', {class: 'field'}, make('label', {for: control.id}, label), said,
        extra ? make('div', {class: 'joined'}, control, extra) : control);
}
