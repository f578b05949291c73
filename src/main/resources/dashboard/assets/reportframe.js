// Shows a report inside the page. Its frame inherits our content policy, under which styles that stand in the HTML do
// not count; so they are taken out and given to the frame by hand. Scripts never run: the sandbox has no right to.
import {make} from './element.js';

const STYLE = 'data-style';
const policy = globalThis.trustedTypes?.createPolicy('report', {createHTML: words => words}) ?? {createHTML: words => words};

export function reportFrame() {
    const element = make('iframe', {class: 'report', title: 'Report of the run', sandbox: 'allow-same-origin'});
    return {element, show: words => show(element, words)};
}

// The frame has to be in the page already.
function show(frame, words) {
    const report = new DOMParser().parseFromString(policy.createHTML(asleep(words)), 'text/html');
    const target = frame.contentDocument;
    const sheet = new frame.contentWindow.CSSStyleSheet();
    sheet.replaceSync([...report.querySelectorAll('template')].map(one => (one.content ?? one).textContent).join('\n'));
    report.querySelectorAll('template, script, link, base, meta, iframe, object, embed').forEach(one => one.remove());
    for (const one of report.querySelectorAll('*')) {
        [...one.attributes].filter(({name}) => name.startsWith('on')).forEach(({name}) => one.removeAttribute(name));
    }
    target.replaceChild(target.adoptNode(report.documentElement), target.documentElement);
    target.adoptedStyleSheets = [sheet];
    target.querySelectorAll(`[${STYLE}]`).forEach(one => { one.style.cssText = one.getAttribute(STYLE); });
    target.addEventListener('click', event => jump(event, target));
}

// Already a parser complains of styles, so they go to sleep before. Only looks depend on this, no safety.
const asleep = words => words
    .replace(/<(\/?)style\b/gi, '<$1template')
    .replace(/(<[^<>]*\s)style=/gi, `$1${STYLE}=`);

// Links in a frame without an address lead to ours. Those to a part of the report scroll; no other one does anything.
function jump(event, target) {
    const link = event.target.closest('a');
    if (link) {
        event.preventDefault();
        const href = link.getAttribute('href') ?? '';
        if (href.startsWith('#')) {
            target.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView();
        }
    }
}
