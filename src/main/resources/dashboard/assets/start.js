// Where a run starts: from a job file, or from a form for one of the jobs.
import {ask, mayStart} from './api.js';
import {make} from './element.js';
import {rhythm} from './rhythm.js';
import {empty, trouble} from './trouble.js';

export async function startView(_, __, me) {
    const [{jobFiles}, {jobs}] = await Promise.all([ask('/api/v1/job-files'), ask('/api/v1/jobs')]);
    return {
        title: 'Start a run',
        content: [
            !mayStart(me) && make('p', {class: 'panel'},
                'Your token may look, not start. Ask whoever runs the service for one with the role runner.'),
            make('h2', {}, 'From a job file'),
            jobFiles.length > 0
                ? make('ul', {class: 'cards'}, jobFiles.map(file => jobFile(file, me)))
                : empty('There are no job files.', 'Put one into the folder jobs of the service: what to convert, described once.'),
            make('h2', {}, 'With a form'),
            make('ul', {class: 'cards'}, jobs.map(({name, summary}) => make('li', {class: 'panel'},
                make('h3', {}, mayStart(me) ? make('a', {href: `#/start/job/${encodeURIComponent(name)}`}, name) : name),
                make('p', {}, summary)))),
        ],
    };
}

function jobFile(said, me) {
    const {file, job, input, output, problem} = said;
    const good = !problem && mayStart(me);
    return make('li', {class: 'panel'},
        make('h3', {}, good ? make('a', {href: `#/start/file/${encodeURIComponent(file)}`}, file) : file),
        problem
            ? trouble('This file cannot be used', {...problem, message: problem.detail})
            : [make('p', {}, job), make('p', {class: 'quiet'}, `${input} → ${output}`)],
        rhythm(said));
}
