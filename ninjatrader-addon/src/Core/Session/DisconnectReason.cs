namespace Tickbridge.Core
{
    /// <summary>Why there is no connection.</summary>
    public enum DisconnectReason
    {
        /// <summary>LinkClient.Stop was called.</summary>
        Stopped,
        /// <summary>Nobody listens there, or the host is not to be reached.</summary>
        ConnectFailed,
        /// <summary>The connection broke or was closed without a word.</summary>
        ConnectionLost,
        /// <summary>The gateway refused the logon.</summary>
        LogonRejected,
        /// <summary>The gateway did not answer in time.</summary>
        LogonTimeout,
        /// <summary>The gateway's proof is wrong: it does not hold our key.</summary>
        GatewayNotAuthentic,
        /// <summary>The two sides share no version of the protocol.</summary>
        VersionNotSupported,
        /// <summary>The gateway logged us out; its reason is in the message.</summary>
        LoggedOut,
        /// <summary>Bytes came that are no frame.</summary>
        MalformedFrame,
        /// <summary>A frame was not sealed, or was altered, left out or played again on its way.</summary>
        BrokenSeal,
        /// <summary>A message that does not belong there.</summary>
        UnexpectedMessage,
        /// <summary>Nothing came for three heartbeat intervals.</summary>
        GatewaySilent,
        /// <summary>The gateway does not take what we send.</summary>
        GatewayNotReading,
        /// <summary>A defect of this program; the message has the details.</summary>
        InternalError
    }
}
