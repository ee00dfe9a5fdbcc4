// A day's report: tables, charts, and the book around a signal.
'use strict';
(() => {
  const { data, fixed, short, element, table, choice, axis, chart, html } = page;
  const byId = id => document.getElementById(id);
  const NOTHING = '–';
  const HOPS = [
    [1, 'exchange to NIC', 'No frame states a send time since the epoch (Nasdaq’s do not), or there are none.'],
    [2, 'NIC to signal', 'It needs a live gateway with its link on, and a journal of schema version 4 or later. A run over a capture file '
      + 'receives at the capture’s times, which this machine’s clock cannot be compared with.'],
    [3, 'signal to socket', 'No add-on was logged on when signals were sent, the link was off, or the journal is older than schema version 4.'],
    [4, 'socket to add-on', 'No add-on reported a decision on a signal whose sending is in this journal, or its clock moved against the '
      + 'gateway’s.'],
    [5, 'add-on to order', 'No add-on reported both a decision on a signal and the order that came of it.'],
    [6, 'order to fill', 'No add-on reported a fill.'],
  ];
  const HORIZONS = { 1000000: '1 ms', 100000000: '100 ms', 1000000000: '1 s', 10000000000: '10 s', 60000000000: '60 s' };

  // ---- values, exactly as the statements answered them
  const rows = name => {
    const { columns, rows: all } = data.answers[name];
    return all.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
  };
  const group = digits => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const int = value => value === null || value === undefined ? NOTHING : String(value).replace(/^(-?)(\d+)$/, (_, sign, digits) => sign + group(digits));
  const exactMicros = nanos => {
    if (nanos === null || nanos === undefined) {
      return NOTHING;
    }
    const text = String(nanos).replace('-', '').padStart(4, '0');
    return (Number(nanos) < 0 ? '-' : '') + group(text.slice(0, -3)) + '.' + text.slice(-3);
  };
  const decimal = value => value === null || value === undefined ? NOTHING
    : String(value).includes('.') ? String(value).replace(/0+$/, '').replace(/\.$/, '') : String(value);
  // One number of places for a column, so that points stand below each other.
  const aligned = (list, key) => {
    const places = Math.max(0, ...list.map(row => (decimal(row[key]).split('.')[1] || '').length));
    return row => {
      if (row[key] === null || row[key] === undefined) {
        return NOTHING;
      }
      const [whole, part = ''] = decimal(row[key]).split('.');
      return whole.replace(/^(-?)(\d+)$/, (_, sign, digits) => sign + group(digits)) + (places ? '.' + part.padEnd(places, '0') : '');
    };
  };
  const word = value => value === null || value === undefined || value === '' ? NOTHING : String(value).toLowerCase().replace(/_/g, ' ');
  // "PriceCollar" as people write it.
  const words = value => plain(value).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const plain = value => value === null || value === undefined || value === '' ? NOTHING : String(value);
  const milliTime = value => value === null || value === undefined ? NOTHING : nanoTime(value).slice(0, -6);
  // The engine leaves closing zeros out.
  const nanoTime = value => value === null || value === undefined ? NOTHING : value.replace(/(?:\.(\d+))?$/, (_, part) => '.' + (part || '').padEnd(9, '0'));
  const duration = nanos => nanos === null || nanos === undefined ? 'not over'
    : nanos >= 3.6e12 ? fixed(nanos / 3.6e12, 2) + ' h' : nanos >= 6e10 ? fixed(nanos / 6e10, 1) + ' min'
      : nanos >= 1e9 ? fixed(nanos / 1e9, 3) + ' s' : nanos >= 1e6 ? fixed(nanos / 1e6, 3) + ' ms' : fixed(nanos / 1e3, 3) + ' µs';
  const step = nanos => duration(nanos).replace(/\.0+ /, ' ');
  const clock = microsecond => new Date(microsecond / 1000).toISOString().replace('T', ' ').replace('Z', '');
  const LISTED = 500;
  const left = new Set();
  const text = (heading, cell) => { const column = [heading, cell]; left.add(column); return column; };

  // As page.table, with text columns to the left.
  function show(target, columns, list) {
    table(target, columns, list);
    // On a phone a row is a card, and each value has its heading beside it.
    target.querySelectorAll('tbody tr').forEach(line => [...line.cells].forEach((cell, i) => { cell.dataset.label = columns[i][0];
      cell.classList.toggle('nothing', cell.textContent === NOTHING); }));
    columns.forEach((column, i) => {
      if (left.has(column)) {
        target.querySelectorAll(`tr > :nth-child(${i + 1})`).forEach(cell => cell.classList.add('left'));
      }
    });
  }
  const wide = id => element('div', { id, class: 'wide' });
  const scrolling = id => element('div', { id, class: 'wide scroll' });
  const empty = why => element('p', { class: 'empty' }, why);
  const figure = (id, label) => element('figure', {}, element('div', { id, class: 'chart', role: 'img', 'aria-label': label }));
  const bounded = (parent, list, limit, what) => {
    if (list.length === limit && list[0].of_all !== limit) {
      const all = list[0].of_all;
      parent.append(element('p', { class: 'faint' }, what + (all ? ' of ' + int(all) : '') + '; the statement below without its LIMIT has the rest.'));
    }
  };
  const heading = words => element('h3', {}, words);

  // ---- head
  const glance = rows('glance')[0];
  const losses = rows('losses').filter(loss => loss.amount !== 0);
  const isLive = rows('runs').some(run => run.live);
  byId('title').textContent = data.name + (data.day ? ', ' + data.day : '');
  byId('lead').textContent = glance.frames === 0 ? 'No frame is in these tables.'
    : plain(glance.gateways) + ', build ' + plain(glance.builds) + ' · ' + milliTime(glance.first_frame) + ' to '
      + milliTime(glance.last_frame) + ' UTC · ' + (isLive ? 'received live' : 'received from a capture file');
  const verdict = byId('verdict');
  const complaints = losses.map(loss => int(loss.amount) + ' ' + loss.what)
    .concat(data.problems.filter(problem => !losses.length || !/^journal index .* lost on the way|bytes left out/.test(problem)));
  const nothing = glance.frames === 0;
  verdict.className = complaints.length ? 'bad' : nothing ? 'none' : 'good';
  verdict.append(complaints.length ? 'Not complete' : nothing ? 'No frame was recorded: nothing can be said of what was lost.'
    : 'Complete: nothing was lost, damaged or cut off.');
  if (complaints.length) {
    verdict.append(element('ul', {}, ...complaints.map(line => element('li', {}, line))));
  }
  const tile = (id, value, name, more) => element('div', { class: 'tile', id: 'tile-' + id }, element('b', {}, value), element('span', {}, name),
    element('small', {}, more || ' '));
  byId('tiles').append(
    tile('frames', int(glance.frames), 'frames', int(glance.bytes) + ' bytes, ' + glance.lines + ' line' + (glance.lines === 1 ? '' : 's')),
    tile('messages', int(glance.messages), 'messages', 'of ' + int(glance.instruments) + ' instruments'),
    tile('trades', int(glance.trades), 'trades', int(glance.traded_quantity) + ' contracts or shares'),
    tile('signals', int(glance.signals), 'signals', int(glance.signals_sent) + ' sent to an add-on'),
    tile('decisions', int(glance.decisions), 'decisions of the add-on', int(glance.refused) + ' refused'),
    tile('orders', int(glance.orders), 'orders', 'for ' + int(glance.ordered_quantity)),
    tile('fills', int(glance.fills), 'fills', 'of ' + int(glance.filled_quantity)),
    tile('lost', int(losses.filter(loss => loss.place <= 4).reduce((sum, loss) => sum + loss.amount, 0)), 'lost or damaged',
      'frames, signals, packets, records'));

  const runs = rows('runs');
  show(byId('runs-table'), [
    ['Run', row => String(row.run)], text('Started, UTC', row => milliTime(row.started)),
    text('Stopped', row => row.stopped === null ? 'cut, or still running' : milliTime(row.stopped)), text('Why', row => plain(row.reason)),
    text('Source', row => row.source + (row.live ? ', live' : '')), ['Frames', row => int(row.frames)], ['Signals', row => int(row.signals)],
    ['Lost frames', row => int(row.lost_frames)], ['Lost signals', row => int(row.lost_signals)],
    text('Gateway', row => plain(row.gateway)), text('Build', row => plain(row.build)), text('Java', row => plain(row.jdk)),
    text('Configuration', row => row.configuration_sha256.slice(0, 12)),
  ], runs);
  bounded(byId('runs-table').parentNode, runs, 50, 'The first 50');
  const configurations = new Map(runs.map(run => [run.configuration_sha256, run.configuration]));
  byId('configurations').append(...[...configurations].map(([hash, content]) =>
    element('details', {}, element('summary', {}, 'Configuration ' + hash.slice(0, 12)), element('pre', {}, content))));

  // ---- traffic
  const traffic = rows('traffic');
  const spread = (list, key) => {
    // Stretches without anything are not in the answer: they are zero.
    const points = [];
    list.forEach((row, i) => {
      const width = row.width / 1000;
      if (i > 0 && row.microsecond - list[i - 1].microsecond > width) {
        points.push([list[i - 1].microsecond / 1000 + width / 1000, 0], [row.microsecond / 1000 - .001, 0]);
      }
      points.push([row.microsecond / 1000, key(row)]);
    });
    if (list.length > 0) {
      const last = list[list.length - 1];
      points.push([(last.microsecond + last.width / 1000) / 1000, 0]);
    }
    return points;
  };
  const time = () => axis({ type: 'time', splitLine: { show: false } });
  if (traffic.length === 0) {
    byId('traffic-chart').parentNode.replaceWith(empty('No frame is in these tables.'));
  } else {
    let shown = 'rate';
    const line = (name, key) => ({ type: 'line', name, step: 'end', symbol: 'none', areaStyle: { opacity: .12 }, lineStyle: { width: 1.5 }, data: spread(traffic, key) });
    const draw = chart(byId('traffic-chart'), () => ({
      useUTC: true, tooltip: { trigger: 'axis', confine: true, valueFormatter: v => v === undefined ? NOTHING : fixed(v, shown === 'rate' ? 1 : 0) },
      xAxis: time(), yAxis: axis({ type: 'value', axisLabel: { formatter: short } }),
      series: shown === 'rate'
        ? [line('frames/s', row => row.frames / (row.width / 1e9)), line('messages/s', row => row.messages / (row.width / 1e9))]
        : [line('frames in the fullest millisecond', row => row.fullest_millisecond)],
    }));
    choice(byId('traffic-choice'), [['rate', 'A second'], ['burst', 'Fullest millisecond']], value => { shown = value; draw(); });
    byId('traffic-caption').textContent = 'Each step is ' + step(traffic[0].width) + '.';
  }
  show(byId('lines-table'), [['Line', row => plain(row.line_name)], ['Frames', row => int(row.frames)], ['Messages', row => int(row.messages)],
    ['Bytes', row => int(row.bytes)], ['Heartbeats', row => int(row.heartbeats)], ['Malformed', row => int(row.malformed)]], rows('lines'));
  show(byId('bursts-table'), [['Millisecond, UTC', row => milliTime(row.millisecond)], ['Frames', row => int(row.frames)],
    ['Messages', row => int(row.messages)], ['Bytes', row => int(row.bytes)]], rows('bursts'));

  // ---- gaps and recoveries
  const holes = rows('holes');
  const outages = rows('outages');
  const health = byId('health-body');
  if (holes.length === 0 && outages.length === 0) {
    health.append(empty(isLive ? 'None: no packet was lost on every line, and no book came into doubt after it was first known.'
      : 'Not recorded: only a running gateway notes these as they happen, and journals before schema version 3 do not hold them.'));
  } else {
    const symbols = [...new Set(outages.map(row => row.feed + ' ' + row.symbol))].slice(0, 20);
    const lanes = ['packets lost', ...symbols].reverse();
    health.append(figure('health-chart', 'When packets were lost and books not to be trusted'));
    byId('health-chart').style.height = Math.max(9, 7 + lanes.length * 1.5) + 'rem';
    const ends = outages.map(row => row.until_microsecond || row.microsecond).concat(holes.map(row => row.microsecond));
    const last = Math.max(...ends) / 1000;
    chart(byId('health-chart'), () => ({
      useUTC: true, grid: { left: 12, right: 24, top: 40, bottom: 34, containLabel: true },
      tooltip: { confine: true, formatter: p => p.data.tip },
      xAxis: Object.assign(time(), traffic.length ? { min: Math.min(traffic[0].microsecond, ...holes.concat(outages).map(row => row.microsecond)) / 1000,
        max: Math.max(last, (traffic[traffic.length - 1].microsecond + traffic[0].width / 1000) / 1000) } : {}), yAxis: axis({ type: 'category', data: lanes }),
      series: [
        { type: 'scatter', name: 'packets lost', symbol: 'diamond', symbolSize: 12,
          data: holes.map(row => ({ value: [row.microsecond / 1000, 'packets lost'], tip: milliTime(row.noticed) + '<br>' + int(row.lost) + ' packets of ' + html(row.feed) })) },
        { type: 'custom', name: 'book not to be trusted',
          renderItem: (params, api) => {
            const from = api.coord([api.value(0), api.value(2)]);
            const to = api.coord([api.value(1), api.value(2)]);
            return { type: 'rect', shape: { x: from[0], y: from[1] - 6, width: Math.max(3, to[0] - from[0]), height: 12, r: 2 }, style: { fill: api.visual('color') } };
          },
          encode: { x: [0, 1], y: 2 },
          data: outages.filter(row => symbols.includes(row.feed + ' ' + row.symbol)).map(row => ({
            value: [row.microsecond / 1000, row.until_microsecond === null ? last : row.until_microsecond / 1000, row.feed + ' ' + row.symbol],
            tip: milliTime(row.began) + '<br>' + html(row.symbol + ': ' + word(row.state)) + ', ' + duration(row.duration) })) },
      ],
    }));
    if (holes.length) {
      health.append(heading('Packets lost'), scrolling('holes-table'));
      show(byId('holes-table'), [['Noticed, UTC', row => nanoTime(row.noticed)], text('Feed', row => row.feed), ['Holes', row => int(row.gaps)], ['Packets', row => int(row.lost)]], holes);
      bounded(health, holes, 500, 'The first 500');
    }
    if (outages.length) {
      health.append(element('div', { class: 'pair' }, element('div', {}, heading('By reason'), wide('outage-sums-table')),
        element('div', {}, heading('Longest first'), scrolling('outages-table'))));
      show(byId('outage-sums-table'), [['Feed', row => plain(row.feed)], text('Reason', row => word(row.state)), ['Times', row => int(row.times)],
        ['Books', row => int(row.books)], ['Recovered', row => int(row.recovered)], ['Longest', row => duration(row.longest)]], rows('outage_sums'));
      show(byId('outages-table'), [['Began, UTC', row => milliTime(row.began)], text('Instrument', row => row.symbol),
        text('Reason', row => word(row.state)), ['Lasted', row => duration(row.duration)]], outages);
      bounded(health, outages, 500, 'The longest 500');
    }
  }
  const link = rows('link');
  health.append(heading('The link'));
  if (link.length === 0) {
    health.append(empty('Nothing is on record: no add-on connected, or the link was off.'));
  } else {
    health.append(scrolling('link-table'));
    show(byId('link-table'), [['When, UTC', row => milliTime(row.happened)], text('What', row => word(row.kind).replace(/-/g, ' ')), text('Add-on', row => plain(row.name)),
      text('Address', row => plain(row.address)), ['Times', row => int(row.events)], text('', row => row.text)], link);
    bounded(health, link, 100, 'The newest 100');
  }

  // ---- latency
  const sums = rows('latency_sums');
  const curves = rows('latency_curves');
  const times = rows('latency_times');
  const latencyRows = HOPS.flatMap(([place, hop]) => {
    const found = sums.filter(row => row.place === place);
    return found.length ? found : [{ place, hop, absent: true }];
  });
  // Where most values are below zero, what is left is a minority, and its percentiles are not those of the hop.
  const minority = row => !row.absent && row.negative > row.count;
  show(byId('latency-table'), [
    ['Hop', row => row.hop], text('Of', row => row.absent ? 'not recorded' : plain(row.series)), ['Count', row => int(row.count)],
    ['Least', row => exactMicros(row.least)], ['p50', row => exactMicros(row.p50)], ['p90', row => exactMicros(row.p90)], ['p99', row => exactMicros(row.p99)],
    ['p99.9', row => exactMicros(row.p999)], ['p99.99', row => exactMicros(row.p9999)], ['Greatest', row => exactMicros(row.greatest)],
    ['Clock error', row => row.absent || row.place !== 4 ? NOTHING : '± ' + exactMicros(row.error_bound)],
    ['Negative', row => row.absent ? NOTHING : int(row.negative) + (row.negative ? ' (' + fixed(100 * row.negative / (row.negative + row.count), 1) + ' %)' : '')],
  ], latencyRows);
  byId('latency-table').querySelectorAll('tbody tr').forEach((line, i) => line.classList.toggle('absent', Boolean(latencyRows[i].absent) || minority(latencyRows[i])));
  const notes = byId('latency-notes');
  latencyRows.filter(minority).forEach(row => notes.append(element('p', { class: 'note warn' }, element('b', {}, row.hop + ', ' + plain(row.series) + ': not to be relied on. '),
    int(row.negative) + ' of ' + int(row.negative + row.count) + ' values are below zero, for the two clocks differ by more than the way took. The percentiles are those of the '
    + int(row.count) + ' that are left, the slowest ones: they are not the hop’s.')));
  HOPS.filter(([place]) => !sums.some(row => row.place === place))
    .forEach(([place, hop, why]) => notes.append(element('p', { class: 'empty', id: 'absent-' + place }, element('b', {}, hop + ': not recorded. '), why)));
  if (sums.some(row => row.place === 1)) {
    notes.append(element('p', { class: 'faint' }, 'Exchange to NIC compares the exchange’s clock with the gateway’s as they are'
      + (sums.some(row => row.negative > 0) ? '; values below zero, where the two differ by more than the way took, are counted and left out.' : '.')));
  }
  if (sums.some(row => row.place === 4)) {
    notes.append(element('p', { class: 'faint' }, 'Socket to add-on ends when the add-on had decided. Its clock is another machine’s: the offset is bounded by what cannot be, a '
      + 'decision before its signal was sent or a report received before it was made, and taken in the middle, for ten minutes at a time. The clock error says how far every value of the hop may be off.'));
  }
  const hopsThere = HOPS.filter(([place]) => sums.some(row => row.place === place));
  if (hopsThere.length === 0) {
    byId('latency-choice').nextElementSibling.remove();
  } else {
    let hop = hopsThere[0][0];
    const nines = part => 1e6 / Math.max(1e6 - part, 1);
    const ninesText = value => value <= 1 ? '0 %' : String(+(100 - 100 / value).toPrecision(8)) + ' %';
    const seriesOf = () => [...new Set(curves.filter(row => row.place === hop).map(row => row.series))];
    const drawCurve = chart(byId('latency-curve'), () => ({
      tooltip: { trigger: 'item', confine: true, formatter: p => html(p.seriesName) + '<br>' + ninesText(p.value[0]) + ': ' + exactMicros(p.data.nanos) + ' µs' },
      xAxis: axis({ type: 'log', min: 1, name: 'percentile', nameLocation: 'middle', nameGap: 28, axisLabel: { formatter: ninesText } }),
      yAxis: axis({ type: 'log', name: 'µs', axisLabel: { formatter: v => short(v / 1000) } }),
      series: seriesOf().map(series => ({
        type: 'line', name: plain(series), symbol: 'circle', symbolSize: 4,
        // The greatest one's percentile is 100, which lies nowhere on this axis: their number says how far it reaches.
        data: curves.filter(row => row.place === hop && row.series === series)
          .map(row => ({ value: [nines(row.part), Math.max(1, row.latency)], nanos: row.latency }))
          .concat(sums.filter(row => row.place === hop && row.series === series)
            .map(row => ({ value: [Math.max(1, row.count), Math.max(1, row.greatest)], nanos: row.greatest }))),
      })),
    }));
    const drawTime = chart(byId('latency-time'), () => {
      const list = times.filter(row => row.place === hop);
      const line = (name, key, symbol) => ({ type: 'line', name, symbolSize: 4, symbol, lineStyle: { width: 1.5 }, data: list.map(row => ({ value: [row.microsecond / 1000, Math.max(1, row[key])], nanos: row[key] })) });
      return {
        useUTC: true, tooltip: { trigger: 'axis', confine: true, formatter: all => clock(all[0].value[0] * 1000) + all.map(p => '<br>' + p.marker + html(p.seriesName) + ' ' + exactMicros(p.data.nanos) + ' µs').join('') },
        xAxis: time(), yAxis: axis({ type: 'log', name: 'µs', axisLabel: { formatter: v => short(v / 1000) } }),
        series: [line('median', 'p50', 'circle'), line('p99', 'p99', 'triangle'), line('greatest', 'greatest', 'diamond')],
      };
    });
    choice(byId('latency-choice'), hopsThere.map(([place, name]) => [place, name]), value => { hop = value; drawCurve(); drawTime(); });
  }

  // ---- signals
  const rules = rows('rules');
  const marks = rows('mark_out_sums');
  const signalsBody = byId('signals-body');
  if (rules.length === 0) {
    signalsBody.append(empty('No signal fired: no rule is configured, or nothing met one.'));
  } else {
    signalsBody.append(figure('signals-chart', 'Signals over time, one line a rule'));
    const signalTimes = rows('signal_times');
    chart(byId('signals-chart'), () => ({
      useUTC: true, tooltip: { trigger: 'axis', confine: true }, xAxis: time(), yAxis: axis({ type: 'value', name: 'signals', minInterval: 1, axisLabel: { formatter: short } }),
      series: rules.map(rule => ({ type: 'line', name: rule.rule + ' ' + plain(rule.rule_name), step: 'end', symbol: 'none', lineStyle: { width: 1.5 }, areaStyle: { opacity: .1 },
        data: spread(signalTimes.filter(row => row.rule === rule.rule), row => row.signals) })),
    }));
    signalsBody.append(element('p', { class: 'faint' }, 'Each step is ' + step(signalTimes[0].width) + '.'), element('div', { class: 'pair' },
      element('div', {}, heading('By rule'), wide('rules-table')),
      element('div', {}, heading('By rule and instrument'), scrolling('signals-table'))));
    const named = text('Rule', row => row.rule + ' ' + plain(row.rule_name));
    show(byId('rules-table'), [named, ['Signals', row => int(row.signals)], ['Instruments', row => int(row.instruments)], ['Buy', row => int(row.buy)], ['Sell', row => int(row.sell)]], rules);
    const signals = rows('signals');
    show(byId('signals-table'), [named, text('Instrument', row => plain(row.venue) + ' ' + row.symbol), ['Signals', row => int(row.signals)], ['Buy', row => int(row.buy)],
      ['Sell', row => int(row.sell)], ['Neither', row => int(row.neither)], text('First, UTC', row => milliTime(row.first)), text('Last', row => milliTime(row.last))], signals);
    bounded(signalsBody, signals, 200, 'The 200 rules and instruments that fired most');
    signalsBody.append(heading('What the price did after'));
    if (marks.every(row => row.n === 0)) {
      signalsBody.append(empty('Nothing to show: no signal’s book was to be trusted and two-sided a millisecond later, or the run ended before.'));
    } else {
      signalsBody.append(element('p', {}, 'Microprice later less microprice at the signal, mean with its 95 % confidence interval (Student’s; neighbouring signals are not independent, so it is rather too narrow). '
        + 'Signed by the signal’s side: positive is in its favour. A signal without a side is not signed.'),
        element('div', { id: 'mark-rule', class: 'choice', role: 'group', 'aria-label': 'Rule' }),
        element('label', {}, 'Instrument', element('select', { id: 'mark-instrument' })),
        element('div', { class: 'pair' }, figure('mark-chart', 'Mean price change after a signal by horizon, with confidence interval'), element('div', {}, wide('mark-table'))));
      let rule = marks[0].rule;
      let key = null;
      const keyOf = row => row.symbol === null ? 'all' + row.unit : row.venue + '/' + row.symbol;
      const picked = () => marks.filter(row => row.rule === rule && keyOf(row) === key);
      const unitOf = () => picked().length && picked()[0].unit === 'ticks' ? 'ticks' : 'units of price';
      const drawMarks = chart(byId('mark-chart'), () => {
        const list = picked();
        return {
          tooltip: { trigger: 'axis', confine: true, formatter: all => { const row = list[all[0].dataIndex]; return HORIZONS[row.horizon] + ' after<br>' + html(plain(row.mean) + (row.half_width === null ? '' : ' ± ' + row.half_width)) + ' ' + unitOf() + '<br>' + int(row.n) + ' signals'; } },
          legend: { show: false }, grid: { left: 12, right: 24, top: 36, bottom: 34, containLabel: true },
          xAxis: axis({ type: 'category', data: list.map(row => HORIZONS[row.horizon]), name: 'after the signal', nameLocation: 'middle', nameGap: 28 }),
          yAxis: axis({ type: 'value', scale: true, name: unitOf() }),
          series: [
            { type: 'line', symbol: 'circle', symbolSize: 7, data: list.map(row => row.mean === null ? null : Number(row.mean)), markLine: { silent: true, symbol: 'none', label: { show: false }, data: [{ yAxis: 0 }] } },
            { type: 'custom', silent: true, encode: { x: 0, y: [1, 2] },
              data: list.flatMap((row, i) => row.mean === null ? [] : [[i, Number(row.mean) - Number(row.half_width || 0), Number(row.mean) + Number(row.half_width || 0)]]),
              renderItem: (params, api) => {
                const low = api.coord([api.value(0), api.value(1)]);
                const high = api.coord([api.value(0), api.value(2)]);
                const stroke = { stroke: page.colour(0), lineWidth: 1.5 };
                const lineOf = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: stroke });
                return { type: 'group', children: [lineOf(low[0], low[1], high[0], high[1]), lineOf(low[0] - 6, low[1], low[0] + 6, low[1]), lineOf(high[0] - 6, high[1], high[0] + 6, high[1])] };
              } },
          ],
        };
      });
      const showMarks = () => {
        drawMarks();
        show(byId('mark-table'), [['After', row => HORIZONS[row.horizon]], ['Signals', row => int(row.signals)], ['Measured', row => int(row.n)],
          ['Mean', row => plain(row.mean)], ['95 %', row => row.half_width === null ? NOTHING : '± ' + row.half_width], text('', () => unitOf())], picked());
      };
      const select = byId('mark-instrument');
      select.addEventListener('change', () => { key = select.value; showMarks(); });
      choice(byId('mark-rule'), [...new Map(marks.map(row => [row.rule, row.rule + ' ' + plain(row.rule_name)]))], value => {
        rule = value;
        const keys = new Map(marks.filter(row => row.rule === rule).map(row => [keyOf(row), row.symbol === null ? 'all, ' + (row.unit === 'ticks' ? 'in ticks' : 'tick size not known') : row.venue + ' ' + row.symbol]));
        select.replaceChildren(...[...keys].map(([value2, words]) => element('option', { value: value2 }, words)));
        key = select.value;
        showMarks();
      });
      signalsBody.append(element('p', { class: 'faint' }, 'Measured leaves out what came too near the end of the run, and books that were then one-sided or not to be trusted. By instrument: the 60 with most signals.'));
    }
  }

  // ---- orders
  const costs = rows('transaction_costs');
  const costSums = rows('transaction_cost_sums');
  const sources = rows('fill_sources');
  const refusals = rows('refusals');
  const refused = rows('refused_signals');
  const trips = rows('round_trips');
  const noticed = rows('notices');
  const orders = byId('orders-body');
  if (costs.length === 0 && refusals.length === 0 && noticed.length === 0) {
    orders.append(empty('No add-on reported an order or a decision: none was connected with the right to trade, or none decided on a signal.'));
  } else {
    const provenance = sources.map(row => 'Account ' + plain(row.account) + (row.add_on ? ', add-on ' + row.add_on : '') + ': '
      + (row.mode === 'DRY_RUN' ? 'dry run, nothing was sent.'
        : row.fills === null ? 'no fill was reported.'
          : row.simulated ? 'fills were simulated by Tickbridge’s own add-on host, not by a market.'
            : row.mode === 'SIMULATION' ? 'fills are those of the platform’s simulated account, not of a market.'
              : 'fills are those of a live account.'));
    orders.append(element('div', { class: 'note', id: 'provenance' }, ...(provenance.length ? provenance : ['No order was reported: every signal was refused.']).map(line => element('p', {}, line))));
    if (costSums.length) {
      orders.append(heading('By account and instrument'), scrolling('cost-sums-table'),
        element('p', { class: 'faint' }, 'Slippage of entries is the average fill against the microprice at the signal, that of stops against the stop’s price: positive is a cost. '
          + 'In ticks where the tick size is known, else in units of price. Commission is in the account’s currency.'));
      const slip = aligned(costSums, 'mean_slippage');
      show(byId('cost-sums-table'), [['Instrument', row => plain(row.symbol)], text('Account', row => plain(row.account)), text('Role', row => word(row.role)),
        ['Orders', row => int(row.orders)], ['Filled', row => int(row.orders_filled)], ['Quantity', row => int(row.ordered)], ['Of it filled', row => int(row.filled)],
        ['Fill ratio', row => row.fill_percent === null ? NOTHING : row.fill_percent + ' %'], ['Slippage, ticks', row => plain(row.mean_slippage_ticks)],
        ['Worst', row => plain(row.worst_slippage_ticks)], ['In price', slip],
        ['Stop slippage, ticks', row => plain(row.mean_stop_slippage_ticks)], ['Worst stop', row => plain(row.worst_stop_slippage_ticks)], ['Commission', aligned(costSums, 'commission')], ['Rejected', row => int(row.rejected)], ['Cancelled', row => int(row.cancelled)],
        text('Mode', row => word(row.mode))], costSums);
      bounded(orders, costSums, 200, 'The first 200');
    }
    if (trips.length) {
      orders.append(heading('Round trips'), scrolling('trips-table'), element('p', { class: 'faint' }, 'An entry and the exits of the same signal, of equal quantity. Not closed are entries of which that is not so: their exits have no signal, another quantity, or are still to come; they are in no other figure of the row. Gained is price times quantity, before '
        + 'commission; what a point is worth in money is not in the journal.'));
      show(byId('trips-table'), [['Instrument', row => plain(row.symbol)], text('Account', row => plain(row.account)), ['Closed', row => int(row.trips)], ['Not closed', row => int(row.not_closed)], ['Won', row => int(row.won)],
        ['Lost', row => int(row.lost)], ['Quantity', row => int(row.quantity)], ['Gained, ticks × quantity', aligned(trips, 'gained_ticks')], ['Gained, price × quantity', aligned(trips, 'gained')],
        ['Worst', aligned(trips, 'worst')], ['Best', aligned(trips, 'best')], ['Commission', aligned(trips, 'commission')], text('Mode', row => word(row.mode))], trips);
      bounded(orders, trips, 200, 'The first 200');
    }
    orders.append(heading('Refused, by limit'));
    if (refusals.length === 0) {
      orders.append(empty('None: no limit refused anything.'));
    } else {
      orders.append(wide('refusals-table'));
      show(byId('refusals-table'), [['Limit', row => row.limit], ['Refused', row => int(row.refused)], ['Allowed', row => int(row.limit_value)], ['Found, least', row => int(row.least_found)],
        ['Found, greatest', row => int(row.greatest_found)], text('Unit', row => plain(row.unit)), text('Last, add-on’s clock', row => milliTime(row.last)), text('Last said', row => row.last_text)], refusals);
      bounded(orders, refusals, 60, 'The 60 limits that refused most');
    }
    if (costs.length) {
      orders.append(heading('Order by order'), scrolling('costs-table'));
      const price = ['microprice', 'average_price', 'slippage', 'slippage_ticks', 'stop_slippage_ticks', 'commission'].map(key => aligned(costs, key));
      show(byId('costs-table'), [['When, add-on’s clock', row => milliTime(row.ordered_at)], text('Instrument', row => plain(row.symbol)),
        text('Side', row => word(row.action)), text('Role', row => word(row.role)), ['Quantity', row => int(row.quantity)], ['Filled', row => int(row.filled_quantity)],
        text('State', row => word(row.state)), ['Slippage, ticks', price[3]], ['In price', price[2]], ['Stop slippage, ticks', price[4]],
        ['Average', price[1]], ['Microprice', price[0]], ['Commission', price[5]], text('Rule', row => plain(row.kind)),
        text('Name', row => plain(row.client_order_id))], costs);
      bounded(orders, costs, 200, 'The newest 200');
    }
    if (refused.length) {
      orders.append(heading('Signals that were refused'), scrolling('refused-table'));
      show(byId('refused-table'), [['When, add-on’s clock', row => milliTime(row.decided_at)], text('Instrument', row => plain(row.symbol)), text('Side', row => word(row.action)),
        ['Quantity', row => int(row.quantity)], text('By', row => plain(row.refused_by)), ['Allowed', row => int(row.limit_value)], ['Found', row => int(row.value)],
        text('Unit', row => plain(row.unit)), text('Rule', row => plain(row.kind)), ['Signal', row => int(row.signal_number)], text('Said', row => plain(row.text))], refused);
      bounded(orders, refused, 200, 'The newest 200');
    }
    if (noticed.length) {
      orders.append(heading('What the add-on noted'), scrolling('notices-table'));
      show(byId('notices-table'), [['When, add-on’s clock', row => milliTime(row.happened)], text('What', row => words(row.kind)), text('Mode', row => word(row.mode)),
        text('Account', row => plain(row.account)), text('Instrument', row => plain(row.instrument_name)), text('Said', row => plain(row.text))], noticed);
      bounded(orders, noticed, 100, 'The newest 100');
    }
  }

  // ---- books
  const list = rows('shown_signals');
  const booksBody = byId('books-body');
  const idOf = row => row.run + ':' + row.number;
  const withBook = list.filter(row => data.books && data.books[idOf(row)]);
  if (!data.hasJournal) {
    booksBody.append(empty('Not recorded in tables: give the journal’s own directory to tickbridge report, and books are built from its frames.'));
  } else if (withBook.length === 0) {
    booksBody.append(empty(list.length === 0 ? 'No signal fired.' : 'The books cannot be built again: frames are missing from the journal.'));
  } else {
    booksBody.append(element('p', { id: 'books-said' }, withBook.length < glance.signals
      ? int(withBook.length) + ' of ' + int(glance.signals) + ' signals are in this page: those that led to an order first, the others spread evenly over the day. '
        + 'tickbridge report with --books all has every one, with --signal NUMBER any that you name.'
      : 'Every signal of the day.'),
      ...(list.length > withBook.length ? [element('p', { class: 'empty' }, int(list.length - withBook.length) + ' more were asked for, but their books cannot be built again: frames are missing from the journal.')] : []),
      element('label', {}, 'Instrument', element('select', { id: 'book-instrument' })),
      element('label', {}, 'Signal', element('input', { id: 'book-number', type: 'number', min: '1', inputmode: 'numeric', placeholder: 'number' })),
      scrolling('book-signals'), element('p', { id: 'book-left', class: 'faint' }), element('div', { id: 'book', 'aria-live': 'polite' }));
    const select = byId('book-instrument');
    const symbols = [...new Set(withBook.map(row => row.venue + ' ' + row.symbol))];
    select.append(element('option', { value: '' }, 'all'), ...symbols.map(symbol => element('option', { value: symbol }, symbol)));
    const places = levels => Math.max(0, ...levels.map(level => (String(level[0] === null ? '' : level[0]).split('.')[1] || '').length));
    // As BookText wrote it: price:quantity:orders, ? where a level is not known, = where a side did not change.
    const sideOf = words => words === '' ? [] : words.split(' ').map(level => {
      const [price, quantity, count] = level.split(':');
      return price === '?' ? [null, 0, 0] : [price, Number(quantity), Number(count || 0)];
    });
    const bookOf = words => {
      const [bids, asks, bidsAfter, asksAfter] = words.split('|');
      return { before: [sideOf(bids), sideOf(asks)], after: [sideOf(bidsAfter === '=' ? bids : bidsAfter), sideOf(asksAfter === '=' ? asks : asksAfter)] };
    };
    function ladder(now, other, side) {
      const [bids, asks] = now;
      const digits = places([...now[0], ...now[1], ...other[0], ...other[1]]);
      const most = Math.max(1, ...[...now[0], ...now[1], ...other[0], ...other[1]].map(level => level[1]));
      const priced = value => { const [whole, part = ''] = value.split('.'); return whole + (digits ? '.' + part.padEnd(digits, '0') : ''); };
      const same = (level, kind) => other[kind].some(o => o[0] === level[0] && o[1] === level[1] && o[2] === level[2]);
      const line = (level, kind) => {
        const name = kind === 0 ? 'bid' : 'ask';
        if (level[0] === null) {
          return element('tr', {}, element('td', { class: 'price' }, NOTHING), element('td', { class: 'left', colspan: 2 }, 'not known'));
        }
        const bar = element('i', { class: 'bar ' + name });
        bar.style.width = Math.max(1, 100 * level[1] / most) + '%';
        return element('tr', same(level, kind) ? {} : { class: 'changed' }, element('td', { class: 'price ' + name }, priced(level[0])),
          element('td', { class: 'size' }, bar, element('span', {}, int(level[1]))), element('td', {}, level[2] ? int(level[2]) : NOTHING));
      };
      const gap = element('tr', { class: 'spread' }, element('td', { colspan: 3 }, asks.length && bids.length ? 'offers above, bids below' : 'one side is empty'));
      return element('div', {}, heading(side), element('div', { class: 'wide' }, element('table', { class: 'book' },
        element('thead', {}, element('tr', {}, ...['Price', 'Quantity', 'Orders'].map(words => element('th', { scope: 'col' }, words)))),
        element('tbody', {}, ...[...asks].reverse().map(level => line(level, 1)), gap, ...bids.map(level => line(level, 0))))));
    }
    function showBook(row) {
      const book = bookOf(data.books[idOf(row)]);
      byId('book').replaceChildren(heading('Signal ' + row.number + ' · ' + row.rule_name + (row.side === 'BUY' || row.side === 'SELL' ? ' ' + word(row.side) : '') + ' · ' + row.venue + ' ' + row.symbol),
        element('p', { class: 'faint' }, nanoTime(row.received) + ' UTC. Marked levels differ. Best bid ' + decimal(row.bid_price) + ' × ' + int(row.bid_quantity) + ', best offer ' + decimal(row.ask_price) + ' × ' + int(row.ask_quantity) + ', value ' + int(row.value) + '.'),
        element('div', { class: 'pair' }, ladder(book.before, book.after, 'Before the event'), ladder(book.after, book.before, 'When the signal fired')));
      byId('book').dataset.signal = idOf(row);
      document.querySelectorAll('tr.signal').forEach(line => line.setAttribute('aria-selected', String(line.dataset.signal === idOf(row))));
    }
    function listSignals() {
      const number = byId('book-number').value;
      const all = withBook.filter(row => (select.value === '' || row.venue + ' ' + row.symbol === select.value) && (number === '' || String(row.number) === number));
      const chosen = all.slice(0, LISTED);
      byId('book-left').textContent = all.length === 0 ? 'No signal of that number and instrument is in this page.'
        : all.length > LISTED ? 'The first ' + int(LISTED) + ' of ' + int(all.length) + '; a number finds any.' : '';
      show(byId('book-signals'), [['Signal', row => int(row.number)], text('Instrument', row => row.venue + ' ' + row.symbol), text('Rule', row => row.rule + ' ' + plain(row.rule_name)),
        text('Side', row => word(row.side)), ['Bid', aligned(chosen, 'bid_price')], ['Quantity', row => int(row.bid_quantity)], ['Offer', aligned(chosen, 'ask_price')], ['Quantity', row => int(row.ask_quantity)],
        text('Order', row => row.ordered ? 'yes' : NOTHING), text('Received, UTC', row => nanoTime(row.received))], chosen);
      byId('book-signals').querySelectorAll('tbody tr').forEach((line, i) => {
        line.className = 'signal';
        line.tabIndex = 0;
        line.dataset.signal = idOf(chosen[i]);
        line.addEventListener('click', () => showBook(chosen[i]));
        line.addEventListener('keydown', event => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            showBook(chosen[i]);
          }
        });
      });
      if (chosen.length) {
        showBook(chosen[0]);
      }
    }
    select.addEventListener('change', listSignals);
    byId('book-number').addEventListener('input', listSignals);
    listSignals();
  }

  // ---- the statements
  document.querySelectorAll('.sql').forEach(place => place.append(element('details', {}, element('summary', {}, 'How this was asked'),
    ...place.dataset.sql.split(' ').map(name => element('pre', {}, data.answers[name].sql)))));
})();
