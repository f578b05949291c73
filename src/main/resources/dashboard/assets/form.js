// Starts a run from a form that is made of what the job may be told.
import {ask, mayStart, post} from './api.js';
import {fill, make, table} from './element.js';
import {field, select} from './field.js';
import {filePicker} from './filepicker.js';
import {optionFields} from './optionfields.js';
import {planPanel} from './plan.js';
import {empty, findings, report} from './trouble.js';

export async function jobView([name], _, me) {
    const [{jobs}, roots] = await Promise.all([ask('/api/v1/jobs'), ask('/api/v1/roots')]);
    const job = jobs.find(one => one.name === name);
    if (!job || !mayStart(me) || !roots.read.length || !roots.write.length) {
        return {title: name, content: empty(!job ? 'This service has no such job.'
            : !mayStart(me) ? 'Your token may look, not start. Ask for one with the role runner.'
                : 'The service may touch no folders: name some in its application.yml, under cellferry.serve.read and .write.')};
    }
    const input = make('input', {name: 'input', required: true, autocomplete: 'off', spellcheck: 'false', pattern: '[^:]+:.*'});
    const root = select('root', roots.write.map(one => [one, `${one}:`]));
    root.setAttribute('aria-label', 'Folder for the output');
    const output = make('input', {name: 'output', required: true, autocomplete: 'off', spellcheck: 'false'});
    const replace = make('input', {type: 'checkbox', id: 'replace'});
    const options = optionFields(job.options);
    const facts = make('div');

    const request = () => ({
        job: name, input: input.value.trim(), output: `${root.value}:${output.value.trim()}`,
        options: options.said(), replace: replace.checked,
    });
    const plan = planPanel(request, () => post('/api/v1/runs', request()));
    const choose = make('button', {type: 'button', 'aria-haspopup': 'dialog', click: async () => {
        const chosen = await filePicker(roots.read);
        if (chosen !== null) {
            input.value = chosen;
            plan.outdated();
        }
    }}, 'Choose…');
    const inspect = make('button', {type: 'button', click: async () => {
        if (!input.reportValidity()) {
            return;
        }
        fill(facts, make('p', {class: 'quiet', role: 'status'}, 'Looking…'));
        try {
            const look = await post('/api/v1/inspect', {input: input.value.trim()});
            const heading = make('h2', {tabindex: -1}, look.title || 'What is in it');
            fill(facts, heading, findings(look.problems), look.tables.map(one => make('div', {class: 'panel'}, table(one))));
            heading.focus();
        } catch (refused) {
            report(facts, 'It cannot be read', refused);
        }
    }}, 'What is in it?');

    const form = make('form', {input: plan.outdated, submit: event => {
        event.preventDefault();
        plan.look();
    }},
    make('div', {class: 'panel'},
        field('Input', input, `A folder's name, a colon, and what lies in it: ${roots.read[0]}:sample.h5ad`, choose),
        make('p', {}, inspect),
        outputField(root, output),
        make('p', {}, replace, make('label', {for: 'replace'}, 'Replace an existing output when the new one is complete'))),
    facts,
    make('details', {class: 'panel'}, make('summary', {}, `Options (${options.size})`),
        make('p', {class: 'quiet'}, 'What is left empty has its standard value.'), options.element),
    make('button', {}, 'Look at the plan'));
    return {title: `Start ${name}`, content: [make('p', {}, job.summary), form, plan.element]};
}

function outputField(root, output) {
    const whole = field('Output', output, 'In which folder, and how it is called there.');
    const joined = make('div', {class: 'joined'}, root);
    output.before(joined);
    joined.append(output);
    return whole;
}
