// Tells people who do not see the page what changed on it.

// Screen readers read a change and not a repetition, and not while the page is still busy changing.
export function announce(text) {
    const announcer = document.getElementById('announcer');
    announcer.textContent = '';
    setTimeout(() => { announcer.textContent = text; }, 100);
}

// Of what changes all the time, as much as one can listen to.
export function seldom(seconds) {
    let last = performance.now();
    return text => {
        if (performance.now() - last > seconds * 1000) {
            last = performance.now();
            announce(text);
        }
    };
}
