// Makes elements. Whatever is said in them is set as text: nothing that comes from the API is ever parsed as HTML.

export function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (typeof value === 'function') {
            element.addEventListener(name, value);
        } else {
            element.setAttribute(name, value === true ? '' : value);
        }
    }
    element.append(...present(children));
    return element;
}

export function fill(element, ...children) {
    element.replaceChildren(...present(children));
    return element;
}

// Leaves the page alone where it says this already, so that selections and screen readers are not disturbed.
export function say(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

function present(children) {
    return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
}

const SVG = 'http://www.w3.org/2000/svg';

export function shape(path, solid = false) {
    const drawing = document.createElementNS(SVG, 'svg');
    drawing.setAttribute('class', solid ? 'shape solid' : 'shape');
    drawing.setAttribute('viewBox', '0 0 16 16');
    drawing.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('d', path);
    drawing.append(line);
    return drawing;
}

// Name and value pairs; those without a value are left out.
export function facts(pairs, kind = 'facts') {
    const rows = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
    return make('dl', {class: kind}, rows.map(([name, value]) =>
        kind === 'figures'
            ? make('div', {}, make('dt', {}, name), make('dd', {}, value))
            : [make('dt', {}, name), make('dd', {}, value)]));
}

export function table({title, columns, rows}) {
    return make('div', {class: 'scroll'},
        make('table', {},
            make('caption', {}, title),
            make('thead', {}, make('tr', {}, columns.map(name => make('th', {scope: 'col'}, name)))),
            make('tbody', {}, rows.map(row => make('tr', {}, row.map((cell, index) =>
                index === 0 ? make('th', {scope: 'row'}, cell) : make('td', {}, cell)))))));
}
