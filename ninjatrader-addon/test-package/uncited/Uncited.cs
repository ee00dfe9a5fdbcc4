// Types that name no page, or the page of another: the check of the citations must find each.
namespace NinjaTrader.Cbi
{
    public enum Nameless { One }

    /// <summary>https://example.com/order</summary>
    public class Elsewhere
    {
    }
}

namespace System.Windows
{
    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.window</summary>
    public class Style
    {
    }
}
