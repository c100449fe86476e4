using System.Globalization;
using PstMigration.Pst.Tests.Messaging;

namespace PstMigration.Fuzz;

/// <summary>One way to spoil a file; its text names it well enough to do it again.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Number">The seed, or the fiftieths that stay of a file cut off.</param>
internal sealed record Case(CaseKind Kind, int Number)
{
    /// <summary>Parts of a file, for cutting it off at each.</summary>
    public const int Parts = 50;

    private const int SwapSize = 512;

    /// <summary>The spoilt copy.</summary>
    public byte[] Apply(byte[] original) => Kind switch
    {
        CaseKind.Cut => original[..(int)((long)original.Length * Number / Parts)],
        CaseKind.Swap => Swap(original),
        _ => Mutator.Change(original, Number),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Number}");

    private byte[] Swap(byte[] original)
    {
        Random random = new(Number);
        byte[] bytes = [.. original];
        int places = bytes.Length / SwapSize;
        for (int i = 0; i < 4; i++)
        {
            Span<byte> one = bytes.AsSpan(random.Next(1, places) * SwapSize, SwapSize);
            Span<byte> other = bytes.AsSpan(random.Next(1, places) * SwapSize, SwapSize);
            byte[] kept = one.ToArray();
            other.CopyTo(one);
            kept.CopyTo(other);
        }

        return bytes;
    }
}
