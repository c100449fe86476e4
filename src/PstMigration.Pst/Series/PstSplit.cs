using System.Globalization;

namespace PstMigration.Pst;

/// <summary>Where a series of data files goes on with another file.</summary>
public sealed record PstSplit
{
    /// <summary>The size of parts where none is asked for: what every version of Outlook takes.</summary>
    public const long DefaultSize = 20L << 30;

    private PstSplit(PstSplitBy by, long size)
    {
        By = by;
        Size = size;
    }

    /// <summary>A part for each year.</summary>
    public static PstSplit Yearly { get; } = new(PstSplitBy.Year, 0);

    /// <summary>By what it is split.</summary>
    public PstSplitBy By { get; }

    /// <summary>The bytes at which the next part begins; 0 where it is not split by size.</summary>
    public long Size { get; }

    /// <summary>Parts of a size.</summary>
    /// <param name="bytes">The bytes at which the next part begins.</param>
    public static PstSplit BySize(long bytes = DefaultSize) =>
        bytes > 0 ? new(PstSplitBy.Size, bytes) : throw new ArgumentOutOfRangeException(nameof(bytes));

    /// <summary>Reads what <see cref="ToString"/> gives; null where it is something else.</summary>
    public static PstSplit? Parse(string? text) => text?.Split(' ') switch
    {
        [nameof(PstSplitBy.Year)] => Yearly,
        [nameof(PstSplitBy.Size), string size] when long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes > 0 => BySize(bytes),
        _ => null,
    };

    /// <summary>As it is stored with a part: <c>Year</c>, or <c>Size</c> and the bytes.</summary>
    public override string ToString() => By == PstSplitBy.Year ? nameof(PstSplitBy.Year) : FormattableString.Invariant($"{By} {Size}");
}

/// <summary>By what a series of data files is split.</summary>
public enum PstSplitBy
{
    /// <summary>When a part is full the next one begins: <c>name.pst</c>, <c>name-002.pst</c>, <c>name-003.pst</c>.</summary>
    Size,

    /// <summary>Items go by the year of their time into <c>name-2024.pst</c>, what has no time into <c>name.pst</c>.</summary>
    Year,
}
