// The page: a folder or zip is chosen or dropped, looked at, and what came of it is said. Nothing leaves the page; it may load nothing.

const part = (id) => document.getElementById(id);
const shownKeys = () => part('keys').value.split(/[\s,]+/).filter(Boolean);

function element(name, text, kind = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

// Files of a chosen folder, by their path below it.
function chosen(files) {
  const blobs = new Map();
  for (const file of files) blobs.set(file.webkitRelativePath.split('/').slice(1).join('/') || file.name, file);
  return blobs;
}

async function dropped(entry, path, blobs) {
  if (entry.isFile) blobs.set(path + entry.name, await new Promise((done, failed) => entry.file(done, failed)));
  else {
    const reader = entry.createReader();
    for (let found = [null]; found.length; ) {
      found = await new Promise((done, failed) => reader.readEntries(done, failed));
      for (const one of found) await dropped(one, path === null ? '' : `${path}${entry.name}/`, blobs);
    }
  }
}

async function packageOf(files) {
  if (files.length === 1 && files[0].name.endsWith('.zip')) return zipPackage(files[0]);
  return folderPackage(chosen(files));
}

async function packageDropped(entry, files) {
  if (entry.isFile) return packageOf(files);
  const blobs = new Map();
  await dropped(entry, null, blobs);
  return folderPackage(blobs);
}

function show(report) {
  const verdict = report.holds ? 'Everything that was looked at holds.' : 'THIS DOES NOT HOLD.';
  const out = [element('p', verdict, report.holds ? 'verdict holds' : 'verdict wrong')];
  const list = element('dl', '');
  for (const step of report.steps) {
    const kind = step.holds === null ? 'open' : step.holds ? 'holds' : 'wrong';
    const word = { open: 'not looked at', holds: 'holds', wrong: 'does not hold' }[kind];
    list.append(element('dt', `${step.step}: ${word}`, kind), element('dd', step.says));
  }
  out.push(list);
  const problems = element('ul', '', 'problems');
  for (const one of report.problems.slice(0, RULES.lines)) problems.append(element('li', `${one.code}: ${one.where}: ${one.says}`));
  if (report.problems.length > RULES.lines) problems.append(element('li', `... and ${report.problems.length - RULES.lines} more.`));
  part('report').replaceChildren(...out, problems, ...report.notes.map((note) => element('p', note)));
}

async function look(opened) {
  part('report').replaceChildren(element('p', 'Looking ...'));
  await new Promise((done) => setTimeout(done));
  try {
    show(await verify(await opened, shownKeys()));
  } catch (error) {
    part('report').replaceChildren(element('p', `THIS COULD NOT BE READ: ${error.message}`, 'verdict wrong'));
  }
}

for (const id of ['folder', 'zip']) {
  part(id).addEventListener('change', (event) => {
    const files = [...event.target.files];
    event.target.value = ''; // so that the same one can be chosen again
    if (files.length) look(packageOf(files));
  });
}
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const entry = event.dataTransfer.items.length ? event.dataTransfer.items[0].webkitGetAsEntry() : null;
  if (entry) look(packageDropped(entry, [...event.dataTransfer.files]));
});
