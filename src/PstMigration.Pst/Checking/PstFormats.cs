namespace PstMigration.Pst;

/// <summary>A set of <see cref="PstFormat"/>s.</summary>
[Flags]
public enum PstFormats
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><see cref="PstFormat.Ansi"/>.</summary>
    Ansi = 1,

    /// <summary><see cref="PstFormat.Unicode"/>.</summary>
    Unicode = 2,

    /// <summary><see cref="PstFormat.Unicode4K"/>.</summary>
    Only4K = 4,

    /// <summary>The formats with pages of 512 bytes.</summary>
    Small = Ansi | Unicode,

    /// <summary>The formats with ids of 64 bits.</summary>
    Wide = Unicode | Only4K,

    /// <summary>Every format.</summary>
    All = Ansi | Unicode | Only4K,
}
