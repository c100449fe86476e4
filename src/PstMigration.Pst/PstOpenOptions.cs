using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>How a data file is read.</summary>
public sealed record PstOpenOptions
{
    /// <summary>The defaults.</summary>
    public static PstOpenOptions Default => new();

    /// <summary>
    /// The code page of text stored in 8 bits (ANSI files), whatever the file says; null to go by the message, then the file,
    /// then what the text looks like. <see cref="PstFile.CodePage"/> tells what was chosen.
    /// </summary>
    public int? CodePage { get; init; }

    /// <summary>
    /// Reads what is left of a damaged item instead of failing it: blocks with a wrong checksum are taken as they are, tables and
    /// attachments that cannot be read are left out. A file that was cut off is opened
    /// for what is left of it. Each finding is in <see cref="PstFile.Damage"/> with the item's node.
    /// </summary>
    public bool AcceptDamage { get; init; }

    /// <summary>Bytes of one item that may be read into memory at once; what is beyond is left out and told (<see cref="LossKind.TooLarge"/>). Large values are not read until wanted.</summary>
    public long ItemMemory { get; init; } = Mapi.ItemMemory.Default;

    /// <summary>
    /// Where the file's own index (NBT, BBT) cannot be read, reads the whole file once and goes by what verifies on its own. That may
    /// bring back some of what was deleted. Otherwise what the index does not give is lost.
    /// </summary>
    public bool ScanWhenDamaged { get; init; } = true;
}
