using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class FixedPriceTest
    {
        [TestCase(4825250000000L, "4825.25")]
        [TestCase(0L, "0")]
        [TestCase(1L, "0.000000001")]
        [TestCase(-1L, "-0.000000001")]
        [TestCase(-37630000000L, "-37.63")]
        [TestCase(100000000000L, "100")]
        [TestCase(long.MaxValue, "9223372036.854775807")]
        [TestCase(-long.MaxValue, "-9223372036.854775807")]
        [TestCase(long.MinValue, "")]
        public void IsWrittenExactly(long price, string expected)
        {
            Assert.AreEqual(expected, FixedPrice.Format(price));
        }

        [Test]
        public void ANullPriceIsNoNumber()
        {
            Assert.IsTrue(double.IsNaN(FixedPrice.ToDouble(LinkProtocol.NullPrice)));
            Assert.AreEqual(4825.25, FixedPrice.ToDouble(4825250000000));
        }
    }
}
