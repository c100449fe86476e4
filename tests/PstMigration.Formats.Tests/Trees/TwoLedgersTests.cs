#if NET
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Two runs that add to one ledger at the same time, each with a stream of its own, as two processes have.</summary>
public sealed class TwoLedgersTests
{
    [Fact]
    public async Task Every_line_of_both_is_there()
    {
        const int Lines = 2000;
        string folder = Directory.CreateTempSubdirectory("pstmigration-ledgers").FullName;
        try
        {
            await Task.WhenAll(new[] { "a", "b" }.Select(run => Task.Run(() =>
            {
                using ItemLedger ledger = new(folder);
                for (int i = 0; i < Lines; i++)
                {
                    CopyRecord record = new(Guid.NewGuid(), Guid.NewGuid(), 1, 2, 3, IsWhole: true, []);
                    ledger.Append($"{run}{i}.txt", new LedgerLine(record, 4, 5));
                }
            })));

            using ItemLedger read = new(folder);
            Assert.Equal(2 * Lines, read.Read().Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
#endif
