// Chooses an input among what the service may read. Folders can be inputs as well as hold them.
import {ask} from './api.js';
import {fill, make, shape} from './element.js';
import {bytes} from './words.js';
import {trouble} from './trouble.js';

const FOLDER = 'M1.500 4.500v8.500h13V5H8L6.500 3h-5z';
const FILE = 'M4 1.500h5.500L13 5v9.500H4zM9 1.500V5.500h4';

// The place that was chosen, or null.
export function filePicker(roots) {
    return new Promise(done => {
        const here = make('p', {class: 'code', role: 'status'});
        const list = make('ul', {class: 'files', 'aria-label': 'Files and folders'});
        const note = make('p', {class: 'quiet'});
        const take = make('button', {type: 'button', class: 'main', click: () => close(at)}, 'Take this folder');
        const cancel = make('button', {type: 'button', click: () => close(null)}, 'Cancel');
        const dialog = make('dialog', {'aria-labelledby': 'picker', close: () => { dialog.remove(); done(chosen); }},
            make('h2', {id: 'picker'}, 'Choose an input'), here, list, note, make('p', {class: 'bar'}, take, cancel));
        let at = null;
        let chosen = null;

        function close(place) {
            chosen = place;
            dialog.close();
        }

        const entry = (drawing, words, size, click) => make('li', {}, make('button', {type: 'button', click},
            shape(drawing), words, size && make('span', {class: 'size'}, size)));

        async function open(place) {
            at = place;
            take.disabled = place === null;
            here.textContent = place ?? 'The folders this service may read';
            note.textContent = '';
            if (place === null) {
                fill(list, roots.map(root => entry(FOLDER, `${root}:`, '', () => open(`${root}:`))));
            } else {
                try {
                    const {entries, complete = true} = await ask(`/api/v1/files?at=${encodeURIComponent(place)}`);
                    if (at !== place) {
                        return;
                    }
                    fill(list, entry(FOLDER, '.. (one up)', '', () => open(above(place))),
                        entries.map(({name, kind, bytes: size}) => kind === 'folder'
                            ? entry(FOLDER, `${name}/`, '', () => open(below(place, name)))
                            : entry(FILE, name, bytes(size), () => close(below(place, name)))));
                    note.textContent = entries.length === 0 ? 'Nothing is in it.'
                        : complete && entries.length < 1000 ? '' : 'There is more than can be shown; type the rest of the path by hand.';
                } catch (refused) {
                    fill(list, make('li', {}, trouble('It cannot be opened', refused)),
                        entry(FOLDER, '.. (one up)', '', () => open(above(place))));
                }
            }
            list.querySelector('button')?.focus();
            list.scrollTop = 0;
        }

        document.body.append(dialog);
        dialog.showModal();
        open(roots.length === 1 ? `${roots[0]}:` : null);
    });
}

const below = (place, name) => place.endsWith(':') ? place + name : `${place}/${name}`;

function above(place) {
    if (place.endsWith(':')) {
        return null;
    }
    const slash = place.lastIndexOf('/');
    return slash < 0 ? place.slice(0, place.indexOf(':') + 1) : place.slice(0, slash);
}
