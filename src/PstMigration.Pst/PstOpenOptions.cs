namespace PstMigration.Pst;

/// <summary>How a data file is read.</summary>
public sealed record PstOpenOptions
{
    /// <summary>The defaults.</summary>
    public static readonly PstOpenOptions Default = new();

    /// <summary>
    /// The code page of text stored in 8 bits (ANSI files), whatever the file says; null to go by the message, then the file,
    /// then what the text looks like. <see cref="PstFile.CodePage"/> tells what was chosen.
    /// </summary>
    public int? CodePage { get; init; }

    /// <summary>
    /// Reads what is left of a damaged item instead of failing it: blocks with a wrong checksum are taken as they are, tables and
    /// attachments that cannot be read are left out. Each finding is in <see cref="PstFile.Damage"/> with the item's node.
    /// </summary>
    public bool AcceptDamage { get; init; }
}
