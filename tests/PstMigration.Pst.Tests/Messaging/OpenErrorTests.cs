using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public class OpenErrorTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pst" + Guid.NewGuid().ToString("N"))).FullName;

    public static TheoryData<string, string> BadFiles => new()
    {
        { "empty", "PstEmpty" },
        { "one byte", "PstNotAPst" },
        { "text", "PstNotAPst" },
        { "zip", "PstNotAPst" },
        { "zeros", "PstNotAPst" },
        { "magic only", "PstNotAPst" },
        { "half a header", "PstTruncated" },
        { "header only", "PstTruncated" },
        { "first half", "PstTruncated" },
        { "version 99", "PstUnsupported" },
        { "protected", "PstUnsupported" },
        { "unknown encoding", "PstUnsupported" },
        { "root page zeroed", "PstDamaged" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Each_bad_file_has_its_error(string kind, string id)
    {
        byte[] good = new TestStore(new TestPst(PstLayout.Unicode)).ToArray();
        byte[] bytes = kind switch
        {
            "empty" => [],
            "one byte" => [0x21],
            "text" => [.. Enumerable.Repeat((byte)'a', 1000)],
            "zip" => [0x50, 0x4B, 3, 4, .. new byte[2000]],
            "zeros" => new byte[100_000],
            "magic only" => [0x21, 0x42, 0x44, 0x4E],
            "half a header" => good.AsSpan(0, 300).ToArray(),
            "header only" => good.AsSpan(0, 564).ToArray(),
            "first half" => good.AsSpan(0, good.Length / 2).ToArray(),
            "version 99" => Changed(good, 10, 99),
            "protected" => Changed(Changed(good, 10, 37), 513, 0x10),
            "unknown encoding" => Changed(good, 513, 3),
            "root page zeroed" => Zeroed(good),
            _ => throw new ArgumentException(kind),
        };
        string path = Path.Combine(_directory, "file.pst");
        File.WriteAllBytes(path, bytes);

        PstException e = Assert.Throws<PstException>(() => PstFile.Open(path).Dispose());

        Assert.Equal(id, e.Id);
        Assert.DoesNotContain("{", e.Message);

        // Nothing holds on to a file that could not be opened.
        File.Delete(path);
    }

    [Fact]
    public void A_missing_file() =>
        Assert.Equal("PstNotFound", Assert.Throws<PstException>(() => PstFile.Open(Path.Combine(_directory, "none.pst"))).Id);

    [Fact]
    public void A_missing_directory() =>
        Assert.Equal("PstNotFound", Assert.Throws<PstException>(() => PstFile.Open(Path.Combine(_directory, "no", "none.pst"))).Id);

    [Fact]
    public void A_directory() =>
        Assert.Equal("PstIsDirectory", Assert.Throws<PstException>(() => PstFile.Open(_directory)).Id);

    [Fact]
    public void A_file_another_program_does_not_share()
    {
        string path = Path.Combine(_directory, "locked.pst");
        using FileStream owner = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        owner.Write([1, 2, 3], 0, 3);
        owner.Flush();

        string id = Assert.Throws<PstException>(() => PstFile.Open(path)).Id;

        // Mono's locks are known to the owner only.
        Assert.True(id == "PstInUse" || (id == "PstNotAPst" && Type.GetType("Mono.Runtime") is not null), id);
    }

    [Fact]
    public void A_file_with_a_password_opens()
    {
        string path = PstMigration.Tests.TestData.Path("pst/passwordprotectedPST.pst");
        using PstFile file = PstFile.Open(path);

        Assert.True(file.HasPassword);
        Assert.NotEmpty(file.IpmSubtree.EnumerateFolders());
    }

    [Fact]
    public void Messages_come_in_japanese()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentUICulture;
        try
        {
            System.Globalization.CultureInfo.CurrentUICulture = new("ja-JP");
            Assert.Contains("フォルダー", Assert.Throws<PstException>(() => PstFile.Open(_directory)).Message);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static byte[] Changed(byte[] bytes, int offset, byte value)
    {
        byte[] copy = [.. bytes];
        copy[offset] = value;
        return copy;
    }

    private static byte[] Zeroed(byte[] bytes)
    {
        byte[] copy = [.. bytes];
        long root = PstHeader.Read(bytes, PstLayout.Unicode).Root.NodeTree.Offset;
        copy.AsSpan((int)root, 512).Clear();
        return copy;
    }
}
