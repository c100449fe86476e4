using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class ExportPstItemTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Eml", ".eml")]
    [InlineData("Text", ".txt")]
    [InlineData("Json", ".json")]
    public void Every_item_becomes_a_file_once(string format, string ending)
    {
        using EngineSession session = StagedModule.Import();
        int items = session.InvokeClean($"Get-PstItem '{s_sample}'").Count;
        string export = $"Export-PstItem '{s_sample}' -Destination '{_folder}' -Format {format}";

        PSObject first = session.InvokeClean(export).Single();
        string[] files = Files(ending);
        PSObject second = session.InvokeClean(export).Single();
        PSObject third = session.InvokeClean(export + " -Force").Single();

        Assert.Equal((items, items, 0, items), (Number(first, "Read"), Number(first, "Written"), Number(first, "Failed"), Number(first, "Files")));
        Assert.Equal(items, files.Length);
        Assert.All(files, f => Assert.StartsWith(Path.Combine(_folder, "rehearsal"), f, StringComparison.Ordinal));
        Assert.Equal((items, 0), (Number(second, "AlreadyThere"), Number(second, "Written")));
        Assert.Equal(items, Number(third, "Written"));
        Assert.Equal(files, Files(ending));
    }

    [Fact]
    public void C19_Html_has_an_index_and_its_attachments_beside_it()
    {
        using EngineSession session = StagedModule.Import();
        int items = session.InvokeClean($"Get-PstItem '{s_sample}'").Count;
        string export = $"Export-PstItem '{s_sample}' -Destination '{_folder}' -Format Html";

        PSObject first = session.InvokeClean(export).Single();
        string[] documents = Files(".html");
        string index = Path.Combine(_folder, "rehearsal", "index.html");
        byte[] before = File.ReadAllBytes(index);
        PSObject second = session.InvokeClean(export).Single();
        string[] again = [.. session.InvokeClean(export + " -Force -PassThru").Select(f => ((FileInfo)f.BaseObject).FullName)];

        Assert.Equal((items, items, 0), (Number(first, "Read"), Number(first, "Written"), Number(first, "Failed")));
        Assert.Equal(items + 1, documents.Length);
        Assert.Equal((items, 0), (Number(second, "AlreadyThere"), Number(second, "Written")));
        Assert.Equal(before, File.ReadAllBytes(index));
        Assert.Equal(documents, Files(".html"));
        Assert.Contains(index, again);
        Assert.Contains(again, f => Path.GetDirectoryName(f)!.EndsWith(".files", StringComparison.Ordinal));
        Assert.All(again, f => Assert.True(File.Exists(f), f));
    }

    [Fact]
    public void Items_come_through_the_pipeline_in_their_order_whatever_the_threads()
    {
        using EngineSession session = StagedModule.Import();
        string folder = Path.GetDirectoryName(s_sample)!;
        string pipeline = $"Find-PstFile '{folder}' | Get-PstFolder -Recurse | Get-PstItem | Export-PstItem -PassThru -Destination";

        // Each tree has a key of its own, by which its messages are proven.
        foreach (string root in new[] { "one", "four" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, root, "rehearsal"));
            File.WriteAllText(Path.Combine(_folder, root, "rehearsal", ".pstmigration-key"), new string('5', 64) + "\n");
        }

        string[] one = [.. session.InvokeClean($"{pipeline} '{_folder}/one' -ThrottleLimit 1").Select(Name)];
        string[] four = [.. session.InvokeClean($"{pipeline} '{_folder}/four' -ThrottleLimit 4").Select(Name)];

        Assert.NotEmpty(one);
        Assert.Equal(one, four);
        Assert.All(one, n => Assert.Equal(File.ReadAllBytes(Find("one", n)), File.ReadAllBytes(Find("four", n))));
    }

    [Fact]
    public void Files_tell_their_losses()
    {
        using EngineSession session = StagedModule.Import();
        PSObject[] files = [.. session.InvokeClean($"Get-PstItem '{s_sample}' | Export-PstItem -Destination '{_folder}' -Format Text -PassThru")];

        Assert.All(files, f => Assert.IsType<FileInfo>(f.BaseObject));
        Assert.All(files, f => Assert.NotNull(f.Properties["Losses"]));
        Assert.Contains(files, f => ((IReadOnlyList<string>)f.Properties["Losses"].Value).Count > 0);
    }

    [Fact]
    public void A_table_has_a_row_for_each_item()
    {
        using EngineSession session = StagedModule.Import();
        string export = $"Export-PstItem '{s_sample}' -Destination '{_folder}' -Format Csv";
        string[] subjects = [.. session.InvokeClean($"Get-PstItem '{s_sample}'").Select(i => ((string)i.Properties["Subject"].Value).Trim())];

        session.InvokeClean(export);
        string[] rows = [.. File.ReadAllLines(Path.Combine(_folder, "rehearsal.csv")).Skip(1).Select(l => l[1..^1].Split("\",\"")[1].Replace("\"\"", "\"", StringComparison.Ordinal).TrimStart('\''))];

        Assert.Equal(subjects, rows);
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(Path.Combine(_folder, "rehearsal.csv"))[..3]);
        session.InvokeClean(export);
        File.AppendAllText(Path.Combine(_folder, "rehearsal.csv"), "mine");
        session.Invoke(export);
        Assert.Equal("ExportFileExists,PstMigration.Commands.ExportPstItemCommand", Assert.Single(session.Errors).FullyQualifiedErrorId);
        session.InvokeClean(export + " -Force");
    }

    [Theory]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public void Mailboxes_of_other_programs_are_written_once(string format)
    {
        using EngineSession session = StagedModule.Import();
        int items = session.InvokeClean($"Get-PstItem '{s_sample}'").Count;
        string export = $"Export-PstItem '{s_sample}' -Destination '{_folder}' -Format {format}";

        Assert.Equal(items, Number(session.InvokeClean(export).Single(), "Written"));
        long size = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        Assert.Equal(items, Number(session.InvokeClean(export).Single(), "AlreadyThere"));
        Assert.Equal(size, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length));
    }

    [Fact]
    public void Attachments_are_written_alone()
    {
        using EngineSession session = StagedModule.Import();
        string export = $"Get-PstItem '{s_sample}' | Export-PstItem -Destination '{_folder}' -AttachmentOnly";

        string[] names = [.. session.InvokeClean(export + " -PassThru").Select(Name)];
        PSObject again = session.InvokeClean(export).Single();

        Assert.NotEmpty(names);
        Assert.Equal("Attachment", again.Properties["Format"].Value);
        Assert.Equal((0, 0), (Number(again, "Written"), Number(again, "Failed")));
        Assert.Equal(names.Length, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Count(f => Path.GetFileName(f)[0] != '.'));
    }

    [Fact]
    public void Mail_without_attachments_is_no_loss_where_attachments_are_asked_for()
    {
        using EngineSession session = StagedModule.Import();

        PSObject[] said = [.. session.InvokeClean($"Export-PstItem '{s_sample}' -Destination '{_folder}' -AttachmentOnly 3>&1")];

        PSObject result = Assert.Single(said);
        Assert.True(Number(result, "WithNothing") > 0);
        Assert.Equal(Number(result, "Skipped"), Number(result, "WithNothing"));
        Assert.Equal((0, ""), (Number(result, "IssueCount"), result.Properties["SkippedClasses"].Value.ToString()));
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Text")]
    public void What_a_format_never_holds_is_counted_and_not_warned_of(string format)
    {
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"$null = New-PstFile '{_folder}/a.pst'");
        File.WriteAllText(Path.Combine(_folder, "a.eml"), "From: a@example.jp\r\nSubject: s\r\nDate: Mon, 1 Jun 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>text</p>\r\n");
        session.InvokeClean($"$null = Import-PstItem '{_folder}/a.eml' '{_folder}/a.pst'");

        PSObject[] said = [.. session.InvokeClean($"Export-PstItem '{_folder}/a.pst' -Destination '{_folder}/out.csv' -Format {format} 3>&1")];

        Assert.Equal(1, Number(Assert.Single(said), "Copied"));
        Assert.Contains("Field", said[0].Properties["Losses"].Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lay_in_no_folder_goes_to_the_inbox_of_a_maildir_without_a_warning()
    {
        using EngineSession session = StagedModule.Import();
        File.WriteAllText(Path.Combine(_folder, "a.eml"), "From: a@example.jp\r\nSubject: s\r\nDate: Mon, 1 Jun 2026 10:00:00 +0900\r\n\r\ntext\r\n");
        session.InvokeClean($"$null = Import-PstItem '{_folder}/a.eml' '{_folder}/a.pst'");

        PSObject[] said = [.. session.InvokeClean($"Export-PstItem '{_folder}/a.pst' -Destination '{_folder}/mail' -Format Maildir 3>&1")];

        Assert.Equal((1, 1), (Number(Assert.Single(said), "Copied"), Number(said[0], "LossCount")));
    }

    [Fact]
    public void An_item_that_cannot_be_read_is_told_with_its_file()
    {
        using EngineSession session = StagedModule.Import();
        List<string> told = [];
        for (int seed = 1; seed <= 6; seed++)
        {
            byte[] bytes = File.ReadAllBytes(TestData.Path("pst/testPST.pst"));
            Random random = new(seed);
            for (int i = 0; i < 2000; i++)
            {
                bytes[random.Next(0x4800, bytes.Length)] = (byte)random.Next(256);
            }

            string file = Path.Combine(_folder, $"damaged{seed}.pst");
            File.WriteAllBytes(file, bytes);
            session.Invoke($"Export-PstItem '{file}' -Destination '{_folder}/damaged{seed}' -AcceptDamage");
            string[] messages = [.. session.Errors.Where(e => e.Exception.Message.Contains("was not copied", StringComparison.Ordinal)).Select(e => e.Exception.Message)];
            Assert.All(messages, m => Assert.Contains($" of '{file}' was not copied", m, StringComparison.Ordinal));
            told.AddRange(messages);
        }

        Assert.NotEmpty(told);
    }

    [Fact]
    public void Nothing_is_written_on_what_if_and_on_a_bad_destination()
    {
        using EngineSession session = StagedModule.Import();
        string blocked = Path.Combine(_folder, "file");
        File.WriteAllText(blocked, "");

        session.Invoke($"Export-PstItem '{s_sample}' -Destination '{_folder}/none' -WhatIf");
        Assert.False(Directory.Exists(Path.Combine(_folder, "none")));
        session.Invoke($"Export-PstItem '{s_sample}' -Destination '{blocked}'");
        Assert.NotEmpty(session.Errors);
        Assert.Equal([blocked], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Csv")]
    [InlineData("Mbox")]
    public void A_pipeline_that_breaks_leaves_no_half_file(string format)
    {
        using EngineSession session = StagedModule.Import();
        Assert.ThrowsAny<RuntimeException>(() => session.Invoke(
            $"Get-PstItem '{s_sample}' | ForEach-Object {{ $_; if ($n++ -eq 3) {{ throw 'enough' }} }} | Export-PstItem -Destination '{_folder}' -Format {format}"));

        Assert.DoesNotContain(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), f => f.EndsWith(".partial", StringComparison.Ordinal));
    }

    private static string Name(PSObject file) => ((FileInfo)file.BaseObject).Name;

    private static int Number(PSObject result, string property) => Convert.ToInt32(result.Properties[property].Value, null);

    private string[] Files(string ending) => [.. Directory.GetFiles(_folder, "*" + ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private string Find(string below, string name) => Directory.GetFiles(Path.Combine(_folder, below), name, SearchOption.AllDirectories).Single();
}
