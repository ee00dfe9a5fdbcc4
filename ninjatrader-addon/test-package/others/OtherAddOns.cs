// Add-ons of others, which are compiled together with ours: they use the names that ours use, in NinjaTrader's own
// namespaces, where a simple name is looked up first. Neither may disturb the other.
namespace NinjaTrader.NinjaScript.AddOns
{
    using System.Threading;
    using System.Windows.Controls;
    using NinjaTrader.Cbi;

    public class AddOnBase { }
    public class State { }
    public class Window { }
    public class ControlCenter { }
    public class NTMenuItem { }
    public class RoutedEventArgs { }
    public class Application { }
    public class Globals { }
    public class TickbridgeWindow { }
    public class SharedBridge { }
    public class Signal { }
    public class Bridge { }
    public class Core { }
    public class Tickbridge { }

    /// <summary>Uses the platform's own types by their simple names, as people do.</summary>
    public class SomebodysAddOn : global::NinjaTrader.NinjaScript.AddOnBase
    {
        public Order Order { get; set; }
        public Account Account { get; set; }
        public OrderState OrderState { get; set; }
        public OrderAction Action { get; set; }
        public TimeInForce Duration { get; set; }
        public Position Position { get; set; }
        public Execution Execution { get; set; }
        public Button Button { get; set; }
        public Timer Timer { get; set; }
        public Side MySide { get; set; }
        public enum Side { Left, Right }
    }
}

namespace NinjaTrader.NinjaScript.Indicators
{
    public class State { }
    public class Calculate { }
    public class Draw { }
    public class TextPosition { }
    public class Brushes { }
    public class ScriptFeed { }
    public class MarketView { }
    public class Side { }
    public class TickbridgeStrategy { }
    public class Tickbridge { }
    public class Host { }
}

namespace NinjaTrader.NinjaScript.Strategies
{
    public class State { }
    public class BridgeSignal { }
    public class ScriptFeed { }
    public class TickbridgeFlow { }
    public class Tickbridge { }

    /// <summary>A strategy made on ours, with names of its own.</summary>
    public class SomebodysStrategy : TickbridgeStrategy
    {
        protected override void OnSignal(global::Tickbridge.Host.BridgeSignal signal)
        {
            Print(signal.Rule);
        }
    }
}

/// <summary>Without any namespace: nearer to every namespace than what a using brings in.</summary>
public class Signal { }
public class Quote { }
public class Trade { }
public class Order { }
public class Message { }
public class Decision { }
public class Bridge { }
public class Report { }
public class Side { }
public class Weight { }
public class Tone { }
public class BookState { }
