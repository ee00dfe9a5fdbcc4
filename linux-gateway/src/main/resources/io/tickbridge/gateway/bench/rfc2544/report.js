// Tables and charts of one RFC 2544 run.
'use strict';
(() => {
  const { data, whole, fixed, micros, short, element, table, choice, axis, chart } = page;
  const byId = id => document.getElementById(id);
  const measured = data.sources.filter(source => source.sizes.length > 0);
  const sizes = data.settings.frameSizes;
  const sizeOf = (source, size) => source.sizes.find(s => s.frameSize === size);
  const rows = sizes.flatMap(size => measured.filter(s => sizeOf(s, size)).map(s => ({ source: s.name, ...sizeOf(s, size) })));
  const sizeChoice = sizes.map(size => [size, size + ' B']);
  const narrow = () => window.innerWidth < 640;

  byId('lead').textContent = data.from + ' → ' + data.to + ', ' + data.generated + ', ' + data.machine.cpu + ', '
    + data.machine.cores + ' cores, Linux ' + data.machine.kernel;

  function bars(id, value, isPale) {
    chart(byId(id), () => ({
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: v => v === undefined ? '–' : whole(v), confine: true },
      xAxis: axis({ type: 'category', data: sizes.map(String), name: 'frame size, bytes with check sequence', nameLocation: 'middle', nameGap: 28 }),
      yAxis: axis({ type: 'value', axisLabel: { formatter: short } }),
      series: measured.map(source => ({
        type: 'bar', name: source.name, barGap: '10%',
        data: sizes.map(size => {
          const found = sizeOf(source, size);
          return found === undefined ? undefined
            : { value: value(found), itemStyle: isPale(found) ? { opacity: .45, borderWidth: 1.5, borderType: 'dashed' } : {} };
        }),
      })),
    }));
  }

  bars('throughput', found => found.throughput.framesPerSecond, found => found.throughput.boundedBySender);
  table(byId('throughput-table'), [
    ['Source', row => row.source], ['Size', row => String(row.frameSize)],
    ['Frames/s', row => (row.throughput.boundedBySender ? '≥ ' : '') + whole(row.throughput.framesPerSecond)],
    ['Mbit/s', row => fixed(row.throughput.bitsPerSecond / 1e6, 1)],
    ['Highest offered', row => whole(row.highestRate)], ['Trials', row => String(row.throughput.trials)],
  ], rows);

  // Percentiles to the right are further from 100 %, by powers of ten.
  const nines = percent => 100 / Math.max(100 - percent, 1e-4);
  const ninesText = value => value <= 1 ? '0 %' : String(+(100 - 100 / value).toPrecision(8)) + ' %';
  let size = sizes[0];
  let load = data.settings.loads[0];
  const latencyOf = source => sizeOf(source, size)?.latency.find(l => l.percentOfThroughput === load);
  const latencyShown = () => measured.map(s => [s.name, latencyOf(s)]).filter(([, found]) => found);
  const drawLatency = chart(byId('latency'), () => ({
    tooltip: { trigger: 'item', confine: true,
      formatter: p => page.html(p.seriesName) + '<br>' + ninesText(p.value[0]) + ': ' + micros(p.value[1]) + ' µs' },
    xAxis: axis({ type: 'log', min: 1, name: 'percentile', nameLocation: 'middle', nameGap: 28, axisLabel: { formatter: ninesText } }),
    yAxis: axis({ type: 'log', name: 'µs', axisLabel: { formatter: v => short(v / 1000) } }),
    series: latencyShown().map(([name, found]) => ({
      type: 'line', name, symbolSize: 4, step: 'end',
      // The last value's percentile is 100, which lies nowhere on this axis: the number of frames says how far it reaches.
      data: found.curve.map(([percent, nanos]) => [Math.min(nines(percent), Math.max(1, found.received)), Math.max(1, nanos)]),
    })),
  }));
  const showLatency = () => {
    drawLatency();
    table(byId('latency-table'), [
      ['Source', row => row[0]], ['Frames/s', row => whole(row[1].framesPerSecond)], ['Lost', row => whole(row[1].lost)],
      ...['50', '99', '99.9', '99.99'].map(p => ['p' + p + ' µs', row => p in row[1].percentiles ? micros(row[1].percentiles[p]) : '–']),
      ['Max µs', row => micros(row[1].percentiles['100'])], ['Mean µs', row => micros(row[1].mean)],
      ['Std dev µs', row => micros(row[1].deviation)], ['Jitter µs', row => micros(row[1].jitter)],
      ['Sender late p99 µs', row => micros(row[1].senderLateness.p99)],
    ], latencyShown());
  };
  choice(byId('latency-size'), sizeChoice, value => { size = value; showLatency(); });
  choice(byId('latency-load'), data.settings.loads.map(l => [l, l + ' % of throughput']), value => { load = value; showLatency(); });

  let lossSize = sizes[0];
  const lossShown = () => measured.map(s => [s.name, sizeOf(s, lossSize)?.loss]).filter(([, points]) => points);
  const drawLoss = chart(byId('loss'), () => ({
    tooltip: { trigger: 'axis', valueFormatter: v => fixed(v, 3) + ' %', confine: true },
    xAxis: axis({ type: 'value', min: 0, max: 100, name: 'offered, % of the highest rate', nameLocation: 'middle', nameGap: 28 }),
    yAxis: axis({ type: 'value', min: 0, name: 'lost, %' }),
    series: lossShown().map(([name, points]) => ({
      type: 'line', name, symbolSize: narrow() ? 5 : 7, data: points.map(p => [p.percent, p.lossPercent]),
    })),
  }));
  choice(byId('loss-size'), sizeChoice, value => {
    lossSize = value;
    drawLoss();
    table(byId('loss-table'), [
      ['Source', row => row[0]], ['Offered %', row => String(row[1].percent)], ['Frames/s', row => whole(row[1].framesPerSecond)],
      ['Sent', row => whole(row[1].sent)], ['Received', row => whole(row[1].received)], ['Lost %', row => fixed(row[1].lossPercent, 3)],
    ], lossShown().flatMap(([name, points]) => points.map(p => [name, p])));
  });

  bars('burst', found => found.backToBack.frames, found => found.backToBack.unlimited);
  table(byId('burst-table'), [
    ['Source', row => row.source], ['Size', row => String(row.frameSize)],
    ['Frames', row => (row.backToBack.unlimited ? '≥ ' : '') + whole(row.backToBack.frames)],
    ['Shortest', row => whole(row.backToBack.shortest)], ['Repetitions', row => String(row.backToBack.repetitions)],
  ], rows);

  const how = [
    ['Sources', element('span', {}, ...data.sources.flatMap(s => [s.name + ': ' + s.what, element('br')]))],
    ['Trial', data.settings.trialSeconds + ' s; a frame is lost when none has arrived for ' + data.settings.settleSeconds + ' s'],
    ['Search', 'binary, to ' + data.settings.resolutionPercent + ' % of the highest rate; a trial with loss is repeated '
      + data.settings.lossVerifications + ' time(s) before its rate counts as lossy'],
    ['Latency', data.settings.latencyClock],
    ['Jitter', data.settings.jitter],
    ['Sender', data.settings.sender],
    ['Cores', 'source polled on core ' + data.settings.receiverCore + ', frames sent from core ' + data.settings.senderCore
      + '; load average before and after ' + fixed(data.machine.loadBefore, 2) + ' and ' + fixed(data.machine.loadAfter, 2)],
    ['Java', data.machine.java],
    ['Command', data.command],
  ];
  byId('how').append(...how.flatMap(([term, text]) => [element('dt', {}, term), element('dd', {}, text)]));
})();
