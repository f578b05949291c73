// Makes form controls of a JSON schema of options, and reads back what was said.
import {make} from './element.js';
import {field, select} from './field.js';

export function optionFields({properties = {}} = {}) {
    const controls = Object.entries(properties)
        .map(([name, schema]) => option(name, typeof schema === 'string' ? {description: schema} : schema))
        .sort((one, other) => one.order - other.order);
    return {
        size: controls.length,
        element: make('div', {class: 'fields'}, controls.map(({element}) => element)),
        // Options nobody touched are not said: their standard values are for the service to know.
        said: () => Object.fromEntries(controls.map(({name, said}) => [name, said()]).filter(([, values]) => values.length)),
    };
}

// A schema may offer alternatives: a number or a word, one text or a list of them.
function option(name, schema) {
    const kinds = [schema, ...schema.anyOf ?? [], ...schema.oneOf ?? []];
    const find = key => kinds.find(kind => kind[key] !== undefined)?.[key];
    const is = type => kinds.some(kind => [kind.type].flat().includes(type));
    const words = kinds.flatMap(kind => kind.enum ?? (kind.const === undefined ? [] : [kind.const]));
    const number = is('integer') || is('number');
    const normal = schema.default === undefined ? '' : [schema.default].flat().join(', ');
    const usual = normal === '' ? 'not said' : `standard: ${normal}`;
    let control;
    if (is('boolean')) {
        control = select(name, [['', usual], ['true', 'true'], ['false', 'false']]);
    } else if (is('array')) {
        control = make('textarea', {name, placeholder: normal, rows: 2, spellcheck: 'false'});
    } else if (words.length > 0 && !number && !kinds.some(kind => kind.pattern)) {
        control = select(name, [['', usual], ...words.map(word => [word, word])]);
    } else {
        control = make('input', {name, placeholder: normal, autocomplete: 'off', spellcheck: 'false',
            inputmode: number && words.length === 0 ? 'decimal' : null});
        check(control, {number, whole: is('integer') && !is('number'), words, least: find('minimum'), most: find('maximum'), pattern: find('pattern')});
    }
    const hint = [schema.description, is('array') && 'One a line.', number && range(find('minimum'), find('maximum'), words)]
        .filter(part => part).join(' ');
    return {
        name,
        order: schema['x-order'] ?? 0,
        element: field(name, control, hint),
        said: () => control.value.split(is('array') ? '\n' : '\0').map(value => value.trim()).filter(value => value),
    };
}

function range(least, most, words) {
    const bounds = least !== undefined && most !== undefined && Math.abs(most) < 1e9 ? [`${least} to ${most}`]
        : least !== undefined && Math.abs(least) < 1e9 ? [`${least} or more`] : [];
    const all = [...bounds, ...words];
    return all.length > 0 ? `(${all.join(', or ')})` : '';
}

// The service checks again and better; this only answers sooner.
function check(control, {number, whole, words, least, most, pattern}) {
    control.addEventListener('input', () => {
        const said = control.value.trim();
        const value = Number(said);
        const fits = said === '' || words.map(String).includes(said) || (number
            ? !Number.isNaN(value) && !(whole && !Number.isInteger(value)) && !(value < least) && !(value > most)
            : !pattern || matches(pattern, said));
        control.setCustomValidity(fits ? '' : `${said} does not fit: ${range(least, most, words) || `it must look like ${pattern ?? 'a number'}`}`);
    });
}

function matches(pattern, said) {
    try {
        return new RegExp(pattern, 'u').test(said);
    } catch {
        return true;
    }
}
