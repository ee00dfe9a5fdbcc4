using System.Collections.Generic;

namespace Tickbridge.Core
{
    /// <summary>
    /// Instruments and rules that the gateway told of, and whether each instrument may be traded on now. Belongs to the
    /// link thread: read it in the listener's methods, and take along what another thread shall show.
    /// </summary>
    public sealed class ReferenceData
    {
        // By venue, then by key: a key made of both would need a struct with its own hashing to avoid boxing.
        private readonly Dictionary<ulong, InstrumentInfo>[] instruments =
            new Dictionary<ulong, InstrumentInfo>[Venues.Limit];

        private readonly Dictionary<int, RuleInfo> rules = new Dictionary<int, RuleInfo>();

        public ReferenceData()
        {
            for (int i = 0; i < instruments.Length; i++)
            {
                instruments[i] = new Dictionary<ulong, InstrumentInfo>();
            }
        }

        /// <summary>null if the gateway has not told of it.</summary>
        public InstrumentInfo Instrument(Venue venue, ulong key)
        {
            InstrumentInfo found;
            return Venues.IsKnown(venue) && instruments[(int)venue].TryGetValue(key, out found) ? found : null;
        }

        /// <summary>null if the gateway has not told of it.</summary>
        public RuleInfo Rule(int number)
        {
            RuleInfo found;
            return rules.TryGetValue(number, out found) ? found : null;
        }

        /// <summary>Another session began: the gateway may have another configuration.</summary>
        internal void Clear()
        {
            rules.Clear();
            foreach (Dictionary<ulong, InstrumentInfo> venue in instruments)
            {
                venue.Clear();
            }
        }

        /// <summary>The connection is gone: nothing is to be trusted until the gateway says so again.</summary>
        internal void Distrust()
        {
            foreach (Dictionary<ulong, InstrumentInfo> venue in instruments)
            {
                foreach (InstrumentInfo instrument in venue.Values)
                {
                    instrument.IsStateKnown = false;
                }
            }
        }

        internal void Update(InstrumentDefinition definition)
        {
            InstrumentInfo instrument = FindOrAdd(definition.Venue, definition.Instrument);
            instrument.Symbol = definition.Symbol;
            instrument.PriceIncrement = definition.PriceIncrement;
            instrument.Channel = definition.Channel;
        }

        internal void Update(InstrumentState state)
        {
            if (!state.IsResumed)
            {
                SetState(state.Venue, state.Instrument, state.State);
            }
        }

        internal void Update(SignalDefinition definition)
        {
            rules[definition.Rule] = new RuleInfo(definition.Rule, definition.Name, definition.Parameters);
        }

        private void SetState(Venue venue, ulong key, BookState state)
        {
            InstrumentInfo instrument = FindOrAdd(venue, key);
            instrument.State = state;
            instrument.IsStateKnown = true;
        }

        private InstrumentInfo FindOrAdd(Venue venue, ulong key)
        {
            InstrumentInfo instrument = Instrument(venue, key);
            if (instrument == null)
            {
                instrument = new InstrumentInfo(venue, key) { Symbol = "", PriceIncrement = LinkProtocol.NullPrice };
                instruments[(int)venue].Add(key, instrument);
            }
            return instrument;
        }
    }
}
