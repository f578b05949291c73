// Starts what a job file describes, after a look at its plan.
import {ask, mayStart, post} from './api.js';
import {facts, make} from './element.js';
import {planPanel} from './plan.js';
import {rhythm} from './rhythm.js';
import {trouble} from './trouble.js';

export async function jobFileView([name], _, me) {
    const {jobFiles} = await ask('/api/v1/job-files');
    const said = jobFiles.find(({file}) => file === name);
    if (!said) {
        return {title: name, content: make('p', {}, 'There is no such job file any more. ', make('a', {href: '#/start'}, 'All job files'))};
    }
    if (said.problem) {
        return {title: name, content: trouble('This file cannot be used', {...said.problem, message: said.problem.detail})};
    }
    const {job, input, output, options, replace = false} = said;
    const plan = planPanel(() => ({job, input, output, options, replace}),
        () => post(`/api/v1/job-files/${encodeURIComponent(name)}/runs`));
    const words = value => [value].flat().join('\n');
    return {
        title: `Start ${name}`,
        content: [
            make('section', {class: 'panel', 'aria-label': 'The file'},
                facts([['Job', job], ['Input', input], ['Output', output], ...Object.entries(options ?? {}).map(([key, value]) => [key, words(value)])]),
                rhythm(said)),
            mayStart(me)
                ? [make('button', {type: 'button', click: plan.look}, 'Look at the plan'), plan.element]
                : make('p', {}, 'Your token may look, not start.'),
        ],
    };
}
