namespace Tickbridge.Core
{
    /// <summary>Where an instrument trades.</summary>
    public enum Venue : byte
    {
        Cme = 1,
        Iex = 2,
        Nasdaq = 3
    }

    /// <summary>What can be asked of a venue's number.</summary>
    public static class Venues
    {
        /// <summary>Numbers of the known venues are below this.</summary>
        public const int Limit = (int)Venue.Nasdaq + 1;

        public static bool IsKnown(Venue venue) => venue >= Venue.Cme && (int)venue < Limit;
    }

    /// <summary>Direction of a signal, or aggressor of a trade.</summary>
    public enum Side : byte
    {
        None = 0,
        Buy = 1,
        Sell = 2
    }

    /// <summary>Whether signals may be computed from an instrument's book, and why not.</summary>
    public enum BookState : byte
    {
        Trusted = 0,
        /// <summary>Best bid or offer not stated by the exchange since start or reset.</summary>
        NotYetKnown = 1,
        /// <summary>Packets were lost on every line.</summary>
        SequenceGap = 2,
        /// <summary>Best bid at or above best offer.</summary>
        Crossed = 3,
        /// <summary>Halted, paused, closed or not yet open.</summary>
        NotTrading = 4,
        /// <summary>The feed went silent for longer than allowed.</summary>
        Stale = 5,
        /// <summary>An update could not be applied to this book.</summary>
        InvalidUpdate = 6,
        /// <summary>The gateway's journal has stopped, and with it the signals.</summary>
        NotJournalled = 7
    }

    /// <summary>Why sequenced frames will not come.</summary>
    public enum GapReason : ushort
    {
        /// <summary>Not on the wire: this side found numbers missing that the gateway did not account for.</summary>
        Unexplained = 0,
        /// <summary>Older than the signal time-to-live.</summary>
        Expired = 1,
        /// <summary>Older than what the gateway keeps for resumption.</summary>
        NotRetained = 2,
        /// <summary>Sent by an earlier run of the gateway.</summary>
        OtherSession = 3
    }

    /// <summary>Why the gateway refused a logon.</summary>
    public enum RejectReason : ushort
    {
        AuthenticationFailed = 1,
        VersionNotSupported = 2,
        MalformedFrame = 3,
        UnexpectedMessage = 4,
        LogonTimeout = 5,
        TooManyPeers = 6,
        NotPermitted = 7
    }

    /// <summary>Why a logged-on peer ends the connection.</summary>
    public enum LogoutReason : ushort
    {
        Requested = 1,
        ShuttingDown = 2,
        MalformedFrame = 3,
        PeerTooSlow = 4,
        PeerSilent = 5,
        UnexpectedMessage = 6,
        JournalBusy = 7,
        TooManyFrames = 8,
        /// <summary>Our key or certificate was revoked, replaced, has expired, or has other rights now.</summary>
        NoLongerPermitted = 9,
        /// <summary>A frame was not sealed, or was altered, left out or played again.</summary>
        BrokenSeal = 10
    }

    /// <summary>What shows that a frame is its sender's, as it was sent, and none before.</summary>
    public enum FrameSeal : byte
    {
        None = 0,
        HmacSha256 = 1
    }
}
