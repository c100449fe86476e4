using System.Globalization;
using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Tests;

/// <summary>What an item may take of the memory is what people say, whoever opens the file.</summary>
public sealed class ItemMemoryTests : IDisposable
{
    private const string Variable = "PSTMIGRATION_ITEM_MEMORY";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(ExportPstItemCommand), typeof(ImportPstItemCommand));
    private readonly string _file;

    public ItemMemoryTests()
    {
        // A list of 3 MB.
        _file = Path.Combine(_folder.FullName, "lists.pst");
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        p.Set(PropertyTags.Subject, "Large");
        p[new PropertyKey(0x6701)] = PropertyValue.FromMultiple(PropertyType.MultipleString, Enumerable.Range(0, 300).Select(i => i + new string('x', 5_000)).ToArray());
        using PstFileBuilder builder = PstFileBuilder.Create(_file, new PstCreateOptions { Language = CultureInfo.InvariantCulture });
        builder.AddItem(builder.CreateFolder(builder.RootFolder, "Mail", "IPF.Note"), new MapiItem(p));
        builder.Complete();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("1", true)]
    [InlineData("5", false)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("much", false)]
    public void A_list_that_takes_more_is_left_out_and_told(string? megabytes, bool isLost)
    {
        Environment.SetEnvironmentVariable(Variable, megabytes);

        string exported = Losses($"Export-PstItem '{_file}' -Destination '{Path.Combine(_folder.FullName, "out")}' -Format Json");
        string imported = Losses($"Import-PstItem '{_file}' '{Path.Combine(_folder.FullName, "new.pst")}'");

        Assert.Equal(isLost, exported.Contains("TooLarge", StringComparison.Ordinal));
        Assert.Equal(isLost, imported.Contains("TooLarge", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Losses(string command) =>
        (string)_session.InvokeClean($"$r = {command} -WarningAction Ignore; '{{0}} {{1}}' -f $r.Copied, ($r.Losses.Keys -join ' ')").Single().BaseObject is var told && told.StartsWith("1 ", StringComparison.Ordinal)
            ? told
            : throw new InvalidOperationException(told);
}
