using System.Management.Automation;
using System.Text.Json;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Export-PstTransferReport, also in a browser.</summary>
public sealed class TransferReportTests : IDisposable
{
    private static readonly string s_pictures = Environment.GetEnvironmentVariable("PSTMIGRATION_PICTURES") ?? "";

    private static readonly string[] s_hostile =
    [
        "<script>window.hurt=1</script>", "</script><script>window.hurt=1</script>", "\"><img src=x onerror=window.hurt=1>", "=cmd|' /C calc'!A0", "a\u202egpj.exe", "請求書 3月分",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-report").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public TransferReportTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mail", "受信トレイ"));
        for (int i = 0; i < s_hostile.Length; i++)
        {
            // When it was sent is guessed from where it came through, which is told.
            File.WriteAllText(
                Path.Combine(_folder, "mail", "受信トレイ", i + ".eml"),
                $"Received: from a by b; Mon, 2 Mar 2026 09:00:00 +0900\r\nFrom: a@example.jp\r\nSubject: =?utf-8?B?{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(s_hostile[i]))}?=\r\nDate: none\r\n\r\nx\r\n");
        }

        _session.InvokeClean($"$j = @{{ JournalFolder = '{_folder}/journals' }}; New-PstFile '{_folder}/out.pst'");
        _session.Invoke($"$null = Import-PstItem '{_folder}/mail' '{_folder}/out.pst' -IncludeSubject @j");
    }

    [Fact]
    public void A_transfer_is_told_as_a_document_a_table_and_for_programs()
    {
        string[] files = [.. _session.InvokeClean($"Get-PstTransfer @j | Export-PstTransferReport -Destination '{_folder}/reports' -Format Html, Csv, Json @j").Select(f => ((FileInfo)f.BaseObject).FullName)];

        Assert.Equal(3, files.Length);
        string html = File.ReadAllText(files.Single(f => f.EndsWith(".html", StringComparison.Ordinal)));
        Assert.Contains("default-src 'none'", html);
        Assert.DoesNotContain("<img", html);
        byte[] csv = File.ReadAllBytes(files.Single(f => f.EndsWith(".csv", StringComparison.Ordinal)));
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        string table = System.Text.Encoding.UTF8.GetString(csv);
        Assert.Contains("\"'=cmd|", table);
        Assert.Matches("\"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\"", table);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(files.Single(f => f.EndsWith(".json", StringComparison.Ordinal))));
        Assert.Equal(s_hostile.Length, json.RootElement.GetProperty("items").GetInt32());

        _session.Invoke($"Get-PstTransfer @j | Export-PstTransferReport -Destination '{_folder}/reports' @j");
        Assert.Equal("ExportFileExists", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        _session.InvokeClean($"Get-PstTransfer @j | Export-PstTransferReport -Destination '{_folder}/reports' -Force @j");
        Assert.Empty(Directory.GetFiles(_folder, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void Folders_whose_names_sort_alike_are_two_folders()
    {
        // A zero-width joiner counts for nothing in the sort order of any language.
        foreach (string name in new[] { "Projects", "Pro\u200djects" })
        {
            File.Copy(Path.Combine(_folder, "mail", "受信トレイ", "0.eml"), Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "alike", name)).FullName, "0.eml"));
        }

        _session.Invoke($"New-PstFile '{_folder}/alike.pst'; $null = Import-PstItem '{_folder}/alike' '{_folder}/alike.pst' @j");
        string html = _session.InvokeClean($"Get-PstTransfer @j | Export-PstTransferReport -Destination '{_folder}/reports' @j")
            .Select(f => File.ReadAllText(((FileInfo)f.BaseObject).FullName)).Single(t => t.Contains("alike.pst", StringComparison.Ordinal));

        Assert.Equal(3, html.Split("<tbody>")[1].Split("</tbody>")[0].Split("<tr>").Length);
    }

    [Fact]
    public async Task The_document_is_read_in_a_browser()
    {
        PSObject file = _session.InvokeClean($"Get-PstTransfer @j | Export-PstTransferReport -Destination '{_folder}/reports' @j").Single();
        await using WebBrowser browser = await WebBrowser.StartAsync();
        foreach ((int width, bool isDark) in new[] { (1400, false), (1400, true), (400, false), (400, true) })
        {
            await browser.LookAsync(width, 900, isDark);
            await browser.OpenAsync(((FileInfo)file.BaseObject).FullName);
            Assert.False((bool)(await browser.RunAsync("return document.documentElement.scrollWidth > innerWidth"))!);
            if (s_pictures.Length > 0)
            {
                await browser.SaveAsync(Path.Combine(s_pictures, $"report-{(isDark ? "dark" : "light")}-{width}.png"));
            }
        }

        Assert.Equal(s_hostile.Length, (int)(await browser.RunAsync("return document.querySelectorAll('#issues tbody tr').length"))!);
        await browser.TypeAsync("#query", "請求書");
        Assert.Equal(1, (int)(await browser.RunAsync("return document.querySelectorAll('#issues tbody tr:not([hidden])').length"))!);
        Assert.Null(await browser.RunAsync("return window.hurt"));
        Assert.Empty(await browser.ConsoleAsync());
        Assert.Empty(await browser.RequestsAsync());
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
