// The status page: takes events from the gateway and turns them into text. Names come from the configuration and from add-ons;
// they become text nodes, never HTML.
'use strict';
(() => {
  const SPEAKS = 10000; // ms without news after which the gateway counts as gone; it speaks every second
  const AGAIN = 5000; // ms until a page that was turned away asks again
  const STATES = [['trusted', 'good'], ['not-trading', 'idle'], ['not-yet-known', 'warn'], ['crossed', 'warn'],
    ['sequence-gap', 'bad'], ['invalid-update', 'bad']];
  const SUSPECT = STATES.filter(([, tone]) => tone === 'warn' || tone === 'bad').map(([state]) => state);
  const HOPS = { 'exchange-to-frame': ['Exchange to frame', 'from the exchange’s time of the event to its frame; as good as both clocks'],
    'frame-to-socket': ['Frame to socket', 'from the frame to its signal’s hand-over to the socket'] };
  const ORDER = { fail: 0, advice: 1, unknown: 2, ok: 3, 'not-here': 4 };
  const TONES = { fail: 'bad', advice: 'warn', unknown: 'idle', ok: 'good', 'not-here': 'idle' };
  const WORDS = { fail: 'fails', advice: 'advice', unknown: 'unknown', ok: 'ok', 'not-here': 'not here' };
  const byId = id => document.getElementById(id);
  let about = null, now = null, before = null, spoke = 0, source = null;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) { made.setAttribute(key, value); }
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
  }
  const figure = label => (now && now.figures[label]) || 0;
  const whole = value => Math.round(value).toLocaleString('en-US');
  const rate = label => {
    if (!before || now.time <= before.time) { return 0; }
    return Math.max(0, (figure(label) - (before.figures[label] || 0)) * 1000 / (now.time - before.time));
  };
  const short = value => value >= 1e9 ? +(value / 1e9).toPrecision(3) + ' G' : value >= 1e6 ? +(value / 1e6).toPrecision(3) + ' M'
    : value >= 1e4 ? +(value / 1e3).toPrecision(3) + ' k' : whole(value);
  const time = nanos => nanos >= 1e9 ? +(nanos / 1e9).toPrecision(3) + ' s' : nanos >= 1e6 ? +(nanos / 1e6).toPrecision(3) + ' ms'
    : nanos >= 1e3 ? +(nanos / 1e3).toPrecision(3) + ' µs' : whole(nanos) + ' ns';
  const size = bytes => bytes < 0 ? 'unknown' : bytes >= 2 ** 30 ? (bytes / 2 ** 30).toFixed(1) + ' GiB'
    : bytes >= 2 ** 20 ? (bytes / 2 ** 20).toFixed(1) + ' MiB' : bytes >= 1024 ? (bytes / 1024).toFixed(1) + ' KiB' : whole(bytes) + ' B';
  const labels = pattern => Object.keys(now.figures).map(label => label.match(pattern)).filter(Boolean);
  const sum = pattern => labels(pattern).reduce((all, match) => all + figure(match[0]), 0);
  const chip = (tone, text) => element('span', { class: 'chip ' + tone }, text);
  // Carries the figure's name and exact value, for whoever reads the page by program.
  const number = (label, shown) => element('span', { 'data-figure': label, 'data-value': figure(label) }, shown || whole(figure(label)));

  function facts(rows) {
    return element('dl', {}, ...rows.filter(Boolean).map(([name, value, tone]) =>
      element('div', {}, element('dt', {}, name), element('dd', { class: tone }, value))));
  }
  function table(head, rows) {
    const cell = (name, content, at) => element(name, { class: head[at].startsWith('<') ? 'text' : null }, content);
    return element('div', { class: 'wide' }, element('table', {},
      element('thead', {}, element('tr', {}, ...head.map((text, at) => cell('th', text.replace('<', ''), at)))),
      element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map((content, at) => cell('td', content, at)))))));
  }

  function tile(label, value, note, tone) {
    return element('div', { class: 'tile ' + (tone || '') }, element('span', { class: 'label' }, label),
      element('span', { class: 'value' }, value), element('span', { class: 'note' }, note || ' '));
  }
  function tiles() {
    const gaps = sum(/^feed\.[^.]+\.gaps$/), lost = sum(/^feed\.[^.]+\.lost$/);
    const suspect = about.feeds.reduce((all, feed) => all + SUSPECT.reduce((n, state) => n + figure(`books.${feed.name}.state.${state}`), 0), 0);
    const books = sum(/^books\.[^.]+\.instruments$/);
    const failed = figure('doctor.findings.fail'), advice = figure('doctor.findings.advice');
    const gone = labels(/^link\.peer\.(.+)\.connections$/).filter(match => figure(match[0]) === 0).length;
    const made = [
      tile('Frames', number('source.received', short(figure('source.received'))), short(rate('source.received')) + ' /s'),
      tile('Signals', number(about.link ? 'link.signals' : 'journal.signals',
        short(sum(/^signal\.[^.]+\.signals$/))), 'by ' + about.signals.length + (about.signals.length === 1 ? ' rule' : ' rules')),
      tile('Gaps', whole(gaps), whole(lost) + ' lost', gaps ? 'bad' : 'good'),
      tile('Books suspect', whole(suspect), 'of ' + whole(books), suspect ? 'bad' : books ? 'good' : ''),
    ];
    if (about.link) {
      made.push(tile('Add-ons', number('link.peers'), gone ? gone + ' gone' : 'of ' + about.peers + ' at most', gone ? 'warn' : 'good'));
    }
    if (about.journal) {
      const stopped = figure('journal.stopped');
      made.push(tile('Journal lag', stopped ? 'stopped' : figure('journal.lag') ? time(figure('journal.lag')) : 'none',
        size(figure('journal.ring.waiting')) + ' wait', stopped ? 'bad' : figure('journal.lag') > 1e9 ? 'warn' : 'good'));
    }
    made.push(tile('Machine', !figure('doctor.examined') ? '…' : failed ? failed + (failed === 1 ? ' fails' : ' fail') : 'fit',
      figure('doctor.examined') ? advice + ' to improve' : 'being examined', failed ? 'bad' : advice ? 'warn' : 'good'));
    byId('tiles').replaceChildren(...made);
  }

  function feedCard(feed) {
    const prefix = `feed.${feed.name}.`, of = name => figure(prefix + name);
    const stale = of('stale'), suspect = SUSPECT.reduce((n, state) => n + figure(`books.${feed.name}.state.${state}`), 0);
    const silent = feed.lines.filter((line, at) => of(`line-${String.fromCharCode(65 + at)}.silent`)).length;
    const verdict = stale ? ['bad', 'silent'] : silent === feed.lines.length ? ['bad', 'not heard'] : silent ? ['warn', 'a line is silent']
      : suspect ? ['warn', 'books in doubt'] : of('datagrams') ? ['good', 'well'] : ['idle', 'nothing yet'];
    const rows = feed.lines.map((line, at) => {
      const letter = String.fromCharCode(65 + at), label = `${prefix}line-${letter}.`;
      const share = figure(label + 'datagrams') ? (100 * figure(label + 'first') / Math.max(1, figure(label + 'datagrams'))).toFixed(0) + ' %' : '–';
      return [letter, line.group + (line.interface ? ' ' + line.interface : ''), number(label + 'datagrams'), short(rate(label + 'datagrams')),
        line.carries === 'incremental' ? share : line.carries, figure(label + 'silent') ? chip('bad', 'silent') : chip('good', 'heard')];
    });
    const states = STATES.map(([state, tone]) => [state, tone, figure(`books.${feed.name}.state.${state}`)]).filter(([, , count]) => count);
    const bar = element('div', { class: 'bar', role: 'img', 'aria-label': 'books by state' }, ...states.map(([, tone, count]) => {
      const part = element('span', { class: tone });
      part.style.flexGrow = count;
      return part;
    }));
    return element('article', { class: 'card', 'data-feed': feed.name },
      element('div', { class: 'head' }, element('h3', {}, feed.name + ' ', element('span', { class: 'faint' }, feed.protocol)), chip(...verdict)),
      table(['line', '<group', 'datagrams', '/s', 'first', 'state'], rows), bar,
      element('div', { class: 'legend' }, ...(states.length ? states.map(([state, tone, count]) =>
        element('span', {}, element('i', { class: tone }), count + ' ' + state.replace(/-/g, ' '))) : ['no books yet'])),
      facts([['packets', number(prefix + 'packets')], ['held back', number(prefix + 'held-back')],
        ['gaps', number(prefix + 'gaps'), of('gaps') ? 'bad' : ''], ['lost', number(prefix + 'lost'), of('lost') ? 'bad' : ''],
        ['recovered', number(prefix + 'recovered-datagrams')],
        ['malformed', number(prefix + 'malformed'), of('malformed') ? 'bad' : ''],
        ['snapshots', number(`books.${feed.name}.snapshots-applied`)],
        ['healed', number(`books.${feed.name}.healed-by-report-sequence`)]]));
  }

  function hopCard(hop) {
    const prefix = `latency.${hop}.`, [title, text] = HOPS[hop] || [hop, ''];
    const bounds = labels(new RegExp('^latency\\.' + hop + '\\.up-to-(\\d+)$')).map(match => +match[1]).sort((a, b) => a - b);
    const upTo = bounds.map(bound => figure(prefix + 'up-to-' + bound)).concat(figure(prefix + 'count'));
    const counts = upTo.map((count, at) => Math.max(0, count - (at ? upTo[at - 1] : 0)));
    const most = Math.max(1, ...counts);
    const bars = counts.map((count, at) => {
      const bar = element('span', { title: (at < bounds.length ? 'up to ' + time(bounds[at]) : 'longer') + ': ' + whole(count) });
      // A single one among millions is what one looks for: it must be seen.
      bar.style.height = count ? Math.max(2, 100 * count / most) + '%' : '0';
      return bar;
    });
    const marks = bounds.map((bound, at) => [bound, at]).filter(([bound]) => /^1(000)*$/.test(String(bound))).map(([bound, at]) => {
      const mark = element('span', {}, time(bound));
      mark.style.left = 100 * (at + 1) / counts.length + '%';
      return mark;
    });
    return element('article', { class: 'card', 'data-hop': hop },
      element('div', { class: 'head' }, element('h3', {}, title), element('span', { class: 'faint' }, number(prefix + 'count'), ' signals')),
      element('p', { class: 'faint' }, text, figure(prefix + 'ahead')
        ? element('b', {}, '. The exchange’s clock is ahead: ', number(prefix + 'ahead'), ' signals came before they happened') : null),
      element('div', { class: 'histogram', role: 'img', 'aria-label': 'signals by latency' }, ...bars), element('div', { class: 'axis' }, ...marks),
      facts(['p50', 'p90', 'p99', 'p99.9', 'max'].map(name => [name, number(prefix + name, figure(prefix + 'count') ? time(figure(prefix + name)) : '–')])));
  }

  function link() {
    if (!about.link) { return element('div', { class: 'plain' }, 'No link is configured.'); }
    const transport = labels(/^link\.transport\.(.+)$/).filter(match => figure(match[0])).map(match => match[1]).join(' ');
    const market = labels(/^link\.market\.(.+)$/).filter(match => figure(match[0])).map(match => match[1]).join(' ');
    const peers = labels(/^link\.peer\.(.+)\.connections$/).map(match => [match[1],
      figure(match[0]) ? chip('good', 'logged on') : chip('warn', 'gone'), number(`link.peer.${match[1]}.behind`),
      size(figure(`link.peer.${match[1]}.waiting`))]);
    const rejected = sum(/^link\.re(jected|fused)-/);
    return element('div', { class: 'plain' }, peers.length ? table(['add-on', '<state', 'frames behind', 'waiting'], peers)
      : element('p', {}, 'No add-on has logged on yet.'),
      facts([['port', figure('link.port')], ['carried by', transport || '–'], ['market', market || '–', market === 'live' ? '' : 'warn'], ['logons', number('link.logons')],
        ['turned away', whole(rejected), rejected ? 'warn' : ''], ['signals', number('link.signals')], ['quotes sent', number('link.quotes-sent')],
        ['expired', number('link.sequenced-frames-expired')], ['slow, cut off', number('link.slow-peers'), figure('link.slow-peers') ? 'bad' : '']]));
  }
  function journal() {
    if (!about.journal) { return element('div', { class: 'plain' }, 'No journal is kept.'); }
    const lost = sum(/^journal\..*-lost-/), waiting = figure('journal.ring.waiting'), room = figure('journal.ring.capacity');
    const fill = element('span', { class: waiting > room / 2 ? 'bad' : 'good' }), rest = element('span', {});
    fill.style.flexGrow = waiting;
    rest.style.flexGrow = Math.max(0, room - waiting);
    return element('div', { class: 'plain' }, element('div', { class: 'head' }, element('h3', {}, about.journal),
      figure('journal.stopped') ? chip('bad', 'stopped') : chip('good', 'writes')),
      element('div', { class: 'bar', role: 'img', 'aria-label': 'ring' }, fill, rest),
      element('div', { class: 'legend' }, size(waiting) + ' of ' + size(room) + ' wait, ' + size(figure('journal.ring-high-water-mark-bytes')) + ' at most'),
      facts([['lag', figure('journal.lag') ? time(figure('journal.lag')) : 'none', figure('journal.lag') > 1e9 ? 'warn' : ''],
        ['frames', number('journal.frames')], ['signals', number('journal.signals')], ['lost', whole(lost), lost ? 'bad' : ''],
        ['written', size(figure('journal.bytes'))],
        ['disk free', size(figure('journal.disk.free')), figure('journal.disk.free') < 8 * figure('journal.disk.least') ? 'bad' : ''],
        ['signals withheld', number('signals.withheld'), figure('signals.stopped') ? 'bad' : '']]));
  }
  function signals() {
    const rows = about.signals.map((kind, at) => {
      const prefix = `signal.${at + 1}-${kind}.`;
      const why = labels(/./).map(match => match.input).filter(label => label.startsWith(prefix + 'suppressed-') && figure(label))
        .sort((a, b) => figure(b) - figure(a)).slice(0, 2).map(label => label.slice(prefix.length + 11).replace(/-/g, ' ') + ' ' + short(figure(label)));
      return [at + 1 + '  ' + kind, number(prefix + 'signals'), rate(prefix + 'signals').toFixed(1), number(prefix + 'evaluations'),
        why.join(', ') || '–'];
    });
    byId('signals').replaceChildren(...(rows.length ? [table(['rule', 'signals', '/s', 'evaluated', '<withheld, mostly'], rows).firstChild]
      : [element('p', {}, 'No rules are configured.')]));
  }

  function doctor(result) {
    const button = element('button', { type: 'button' }, 'Examine again');
    button.addEventListener('click', () => {
      button.disabled = true;
      fetch('/doctor', { method: 'POST', headers: { 'X-Tickbridge': '1' } }).catch(() => { button.disabled = false; });
    });
    const told = result.findings.filter(finding => finding.verdict !== 'not-here').sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
    const count = verdict => result.findings.filter(finding => finding.verdict === verdict).length;
    const findings = told.filter(finding => finding.verdict !== 'ok').map(finding => element('details', { class: 'finding' },
      element('summary', {}, chip(TONES[finding.verdict], WORDS[finding.verdict]), element('b', {}, finding.check), ' ' + finding.found),
      ...[['wanted', finding.wanted], ['why', finding.why], ['mend', finding.mend]].filter(([, text]) => text)
        .map(([name, text]) => element('p', {}, element('span', { class: 'faint' }, name + ' '), name === 'mend' ? element('code', {}, text) : text))));
    byId('doctor').replaceChildren(element('div', { class: 'plain' }, element('div', { class: 'head' },
      element('div', {}, ...['fail', 'advice', 'unknown', 'ok'].filter(count).flatMap(verdict => [chip(TONES[verdict], count(verdict) + ' ' + WORDS[verdict]), ' ']),
        element('span', { class: 'faint' }, result.time ? 'examined ' + new Date(result.time).toLocaleTimeString() : 'being examined')), button), ...findings));
  }

  function everything() {
    if (!byId('all').open) { return; }
    const wanted = byId('filter').value.trim();
    byId('figures').replaceChildren(...Object.keys(now.figures).filter(label => label.includes(wanted)).map(label =>
      element('tr', {}, element('td', {}, label), element('td', {}, number(label)))));
  }

  function state(tone, text, reasons) {
    const shown = byId('state');
    shown.className = 'chip ' + tone;
    shown.textContent = text;
    byId('reasons').hidden = reasons.length === 0;
    byId('reasons').replaceChildren(...reasons.map(reason => element('li', {}, reason)));
  }
  function show() {
    if (!about || !now) { return; }
    state(now.ready ? 'good' : 'bad', now.ready ? 'ready' : now.live ? 'not ready' : 'hangs', now.reasons);
    const up = Math.max(0, now.time - figure('gateway.started') / 1e6) / 1000;
    byId('about').textContent = `Tickbridge ${about.version}, ${about.source}, up ${up >= 86400 ? Math.floor(up / 86400) + ' d ' : ''}`
      + new Date(up % 86400 * 1000).toISOString().slice(11, 19) + ', ' + new Date(now.time).toLocaleTimeString();
    tiles();
    byId('feeds').replaceChildren(...about.feeds.map(feedCard));
    byId('latency').replaceChildren(...[...new Set(labels(/^latency\.([^.]+)\.count$/).map(match => match[1]))].map(hopCard));
    byId('link').replaceChildren(link());
    byId('journal').replaceChildren(journal());
    signals();
    everything();
  }

  function listen() {
    source = new EventSource('/events');
    const on = (name, take) => source.addEventListener(name, event => { spoke = Date.now(); take(JSON.parse(event.data)); });
    on('about', told => {
      about = told;
      before = now = null;
      byId('name').textContent = told.name;
      document.title = told.name + ' – Tickbridge';
    });
    on('doctor', doctor);
    on('figures', told => { before = now; now = told; show(); });
    source.addEventListener('error', () => {
      state('bad', 'not connected', ['The gateway does not answer' + (source.readyState === EventSource.CLOSED
        ? ', or has as many pages open as it allows' : '') + '. What stands below is old.']);
      if (source.readyState === EventSource.CLOSED) { setTimeout(listen, AGAIN); }
    });
  }
  setInterval(() => {
    if (spoke && Date.now() - spoke > SPEAKS) { state('bad', 'not connected', ['Nothing was heard of the gateway for a while. What stands below is old.']); }
  }, 1000);
  byId('filter').addEventListener('input', everything);
  byId('all').addEventListener('toggle', everything);
  listen();
})();
