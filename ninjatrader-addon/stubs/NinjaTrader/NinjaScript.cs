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

    /// <summary>https://developer.ninjatrader.com/docs/desktop/calculate</summary>
    public enum Calculate { OnBarClose, OnEachTick, OnPriceChange }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/printto</summary>
    public enum PrintTo { OutputTab1, OutputTab2 }

    /// <summary>Two of those that https://developer.ninjatrader.com/docs/desktop/addplot lists.</summary>
    public enum PlotStyle { Line, Dot }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/ninjascriptpropertyattribute</summary>
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
            StubScreen.Printed(value.ToString());
        }

        public void Log(string message, LogLevel logLevel)
        {
            StubScreen.Printed(logLevel + ": " + message);
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
    /// What indicators and strategies have in common. It has no page of its own:
    /// https://developer.ninjatrader.com/docs/desktop/draw_textfixed names it as what draws. TriggerCustomEvent:
    /// https://developer.ninjatrader.com/docs/desktop/triggercustomevent , not before DataLoaded, not from Terminated on.
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
                StubThreads.RandomDispatcher().InvokeAsync(() =>
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
    /// <summary>
    /// It has no page of its own: https://ninjatrader.com/support/helpGuides/nt8/chartcontrol_indicators.htm names it with its
    /// namespace.
    /// </summary>
    public abstract class IndicatorRenderBase : NinjaTrader.NinjaScript.NinjaScriptBase
    {
    }

    /// <summary>
    /// It has no page of its own: https://ninjatrader.com/support/helpGuides/nt8/chartcontrol_strategies.htm names it. Account:
    /// https://developer.ninjatrader.com/docs/desktop/account
    /// </summary>
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
    /// <summary>It has no page of its own: https://developer.ninjatrader.com/docs/desktop/draw_textfixed uses it.</summary>
    public enum TextPosition { BottomLeft, BottomRight, Center, TopLeft, TopRight }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/drawing_tools is about those; nothing is asked of one.</summary>
    public class DrawingTool
    {
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/drawing : what was drawn is kept by tag.</summary>
    public static class Draw
    {
        public static DrawingTool ArrowUp(NinjaScriptBase owner, string tag, bool isAutoScale, int barsAgo, double y,
            Brush brush) => StubScreen.Drawn(owner, tag, "up " + y);

        public static DrawingTool ArrowDown(NinjaScriptBase owner, string tag, bool isAutoScale, int barsAgo, double y,
            Brush brush) => StubScreen.Drawn(owner, tag, "down " + y);

        public static DrawingTool TextFixed(NinjaScriptBase owner, string tag, string text, TextPosition textPosition) =>
            StubScreen.Drawn(owner, tag, text);
    }
}
