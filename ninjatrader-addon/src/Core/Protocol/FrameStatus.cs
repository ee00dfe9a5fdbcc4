namespace Tickbridge.Core
{
    /// <summary>What the checks of SPECIFICATION.md sections 2 and 4a make of the bytes received.</summary>
    public enum FrameStatus
    {
        /// <summary>Not all of it is there yet.</summary>
        Incomplete,
        /// <summary>A whole frame of a known type.</summary>
        Accept,
        /// <summary>A whole frame of a type of a later version.</summary>
        Skip,
        LengthTooSmall,
        LengthTooLarge,
        LengthNotMultipleOf8,
        WrongSchema,
        BlockTooLong,
        BlockTooShort,
        /// <summary>A whole frame that was altered on its way, left out or played again.</summary>
        BrokenSeal
    }
}
