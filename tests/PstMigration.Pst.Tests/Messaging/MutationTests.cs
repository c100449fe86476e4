using System.Diagnostics;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>
/// Changed files give results or a <see cref="PstException"/>: no other exception, no endless reading, no memory without bound.
/// Checksums are made right again after most changes, for else they would catch everything at once.
/// </summary>
public class MutationTests
{
    private const int Seed = 20261123;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    // PSTMIGRATION_SCALE=full: minutes instead of a moment for each file.
    private static readonly int s_scale = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full" ? 500 : 1;

    public static IEnumerable<TheoryDataRow<string?>> Files =>
        TestData.Files("pst", ".pst").Where(f => f.Data is null || new FileInfo(TestData.Path(f.Data)).Length <= 600_000);

    [Theory]
    [MemberData(nameof(Files))]
    public void Changed_real_files(string? name) =>
        Run(File.ReadAllBytes(TestData.Path(name ?? "")), name ?? "", TimeSpan.FromMilliseconds(400));

    [Theory]
    [InlineData(PstFormat.Ansi)]
    [InlineData(PstFormat.Unicode)]
    [InlineData(PstFormat.Unicode4K)]
    public void Changed_synthetic_files(PstFormat format)
    {
        TestPst test = new(PstLayout.For(format)) { EntriesPerPage = 4, IdsPerDataTreeBlock = 3, EntriesPerSubnodeBlock = 2, Compress = true };
        TestStore store = new(test);
        store.AddMessage("large", p => p.Set(0x10130102, ShapeTests.Random(60_000, 1)));
        (BlockId data, BlockId subnodes) = ShapeTests.WithEmbedded(
            ShapeTests.Message("outer", test), ShapeTests.Message("inner", test).Set(0x10090102, ShapeTests.Random(9000, 1)).Build(), test).Build();
        test.AddNode(new NodeId(0x200F24), data, subnodes, TestStore.Folder);
        Run(store.ToArray(), format.ToString(), TimeSpan.FromMilliseconds(800));
    }

    private static void Run(byte[] original, string name, TimeSpan time)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; watch.Elapsed < TimeSpan.FromTicks(time.Ticks * s_scale) && i < 200 * s_scale; i++)
        {
            byte[] bytes = Mutator.Change(original, Seed + i);
            CheckOne(bytes, $"{name}, seed {Seed + i}");
        }
    }

    private static void CheckOne(byte[] bytes, string what)
    {
        Exception? failure = null;
        using CancellationTokenSource stop = new();
        Thread thread = new(() => failure = Record.Exception(() => ReadAll(bytes)), 512 * 1024);
        thread.Start();
        Assert.True(thread.Join(s_limit), "Endless: " + what);
        Assert.True(failure is null, what + ": " + failure);
    }

    private static void ReadAll(byte[] bytes)
    {
        try
        {
            using PstFile file = ShapeTests.Open(bytes);
            Walker walker = new(file, maxBytes: 64 << 20);
            walker.Walk();
        }
        catch (PstException)
        {
        }
    }
}
