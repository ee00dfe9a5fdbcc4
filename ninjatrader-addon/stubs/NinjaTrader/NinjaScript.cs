using System;
using System.Collections.Generic;
using System.Windows.Media;
using NinjaTrader.Cbi;
using NinjaTrader.Data;
using Tickbridge.Stubs;

namespace NinjaTrader.NinjaScript
{
    /// <summary>https://developer.ninjatrader.com/docs/desktop/state</summary>
    public enum State
    {
        Undefined, SetDefaults, Configure, Active, DataLoaded, Historical, Transition, Realtime, Terminated, Finalized
    }

    public enum Calculate { OnBarClose, OnEachTick, OnPriceChange }

    public enum PrintTo { OutputTab1, OutputTab2 }

    public enum PlotStyle { Line, Dot }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class NinjaScriptPropertyAttribute : Attribute
    {
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/onstatechange</summary>
    public abstract class NinjaScript
    {
        public State State { get; private set; }
        public string Name { get; set; } = "";
        public string Description { get; set; } = "";

        public void Print(object value)
        {
            StubPlatform.Printed(value.ToString());
        }

        public void Log(string message, LogLevel logLevel)
        {
            StubPlatform.Printed(logLevel + ": " + message);
        }

        protected virtual void OnStateChange()
        {
        }

        internal void Enter(State state)
        {
            State = state;
            OnStateChange();
        }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/add_on</summary>
    public abstract class AddOnBase : NinjaScript
    {
        protected virtual void OnWindowCreated(System.Windows.Window window)
        {
        }

        protected virtual void OnWindowDestroyed(System.Windows.Window window)
        {
        }

        internal void Created(System.Windows.Window window)
        {
            OnWindowCreated(window);
        }

        internal void Destroyed(System.Windows.Window window)
        {
            OnWindowDestroyed(window);
        }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/seriest</summary>
    public class Series<T>
    {
        private readonly Dictionary<int, T> values = new Dictionary<int, T>();

        internal int Current { get; set; }

        public T this[int barsAgo]
        {
            get
            {
                T value;
                return values.TryGetValue(Current - barsAgo, out value) ? value : default(T);
            }
            set { values[Current - barsAgo] = value; }
        }
    }

    /// <summary>
    /// What indicators and strategies have in common. TriggerCustomEvent:
    /// https://developer.ninjatrader.com/docs/desktop/triggercustomevent, not before DataLoaded, not from Terminated on.
    /// </summary>
    public abstract class NinjaScriptBase : NinjaScript
    {
        public Calculate Calculate { get; set; }
        public bool IsOverlay { get; set; }
        public bool IsSuspendedWhileInactive { get; set; }
        public int CurrentBar { get; internal set; } = -1;
        public double TickSize => Instrument.MasterInstrument.TickSize;
        public Instrument Instrument { get; internal set; }
        public Series<double>[] Values { get; private set; } = new Series<double>[0];

        public void AddPlot(Brush brush, string name)
        {
            var values = new List<Series<double>>(Values) { new Series<double>() };
            Values = values.ToArray();
        }

        public void TriggerCustomEvent(Action<object> customEvent, object state)
        {
            if (State >= State.DataLoaded && State < State.Terminated)
            {
                StubPlatform.RandomDispatcher().InvokeAsync(() =>
                {
                    if (State < State.Terminated)
                    {
                        customEvent(state);
                    }
                });
            }
        }

        protected virtual void OnBarUpdate()
        {
        }

        internal void Bar()
        {
            CurrentBar++;
            foreach (Series<double> series in Values)
            {
                series.Current = CurrentBar;
            }
            OnBarUpdate();
        }
    }
}

namespace NinjaTrader.Gui.NinjaScript
{
    public abstract class IndicatorRenderBase : NinjaTrader.NinjaScript.NinjaScriptBase
    {
    }

    public abstract class StrategyRenderBase : NinjaTrader.NinjaScript.NinjaScriptBase
    {
        public Account Account { get; internal set; }
    }
}

namespace NinjaTrader.NinjaScript.Indicators
{
    /// <summary>https://developer.ninjatrader.com/docs/desktop/indicator ; partial in the users' own assembly.</summary>
    public abstract class Indicator : Gui.NinjaScript.IndicatorRenderBase
    {
    }
}

namespace NinjaTrader.NinjaScript.Strategies
{
    /// <summary>https://developer.ninjatrader.com/docs/desktop/strategy ; partial in the users' own assembly.</summary>
    public abstract class Strategy : Gui.NinjaScript.StrategyRenderBase
    {
    }
}

namespace NinjaTrader.NinjaScript
{
    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/startatmstrategy : submits the entry, which must be called Entry;
    /// stop and target follow its fills.
    /// </summary>
    public class AtmStrategy
    {
        public static AtmStrategy StartAtmStrategy(string atmStrategyTemplateName, Order entryOrder)
        {
            if (entryOrder.Name != "Entry")
            {
                throw new ArgumentException("the entry of an ATM strategy must be called Entry");
            }
            AtmTemplate template;
            if (!StubPlatform.AtmTemplates.TryGetValue(atmStrategyTemplateName, out template))
            {
                return null;
            }
            entryOrder.Atm = template;
            entryOrder.Account.Submit(new[] { entryOrder });
            return new AtmStrategy();
        }
    }
}

namespace NinjaTrader.NinjaScript.DrawingTools
{
    public enum TextPosition { BottomLeft, BottomRight, Center, TopLeft, TopRight }

    public class DrawingTool
    {
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/drawing : what was drawn is kept by tag.</summary>
    public static class Draw
    {
        public static DrawingTool ArrowUp(NinjaScriptBase owner, string tag, bool isAutoScale, int barsAgo, double y,
            Brush brush) => StubPlatform.Drawn(owner, tag, "up " + y);

        public static DrawingTool ArrowDown(NinjaScriptBase owner, string tag, bool isAutoScale, int barsAgo, double y,
            Brush brush) => StubPlatform.Drawn(owner, tag, "down " + y);

        public static DrawingTool TextFixed(NinjaScriptBase owner, string tag, string text, TextPosition textPosition) =>
            StubPlatform.Drawn(owner, tag, text);
    }
}
