namespace PstMigration.Pst.Checking;

/// <summary>What is known of a block.</summary>
[Flags]
internal enum BlockState : byte
{
    /// <summary>Nothing against it.</summary>
    None = 0,

    /// <summary>Its bytes cannot be relied on.</summary>
    Damaged = 1,

    /// <summary>It is an SLBLOCK or SIBLOCK.</summary>
    Subnodes = 2,

    /// <summary>The subnodes it holds were looked at.</summary>
    Walked = 4,
}
