using System.Management.Automation;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>New-PurviewImportMapping.</summary>
public sealed class PurviewMappingTests : IDisposable
{
    private const string Heading = "Workload,FilePath,Name,Mailbox,IsArchive,TargetRootFolder,ContentCodePage,SPFileContainer,SPManifestContainer,SPSiteUrl";

    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-purview").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public PurviewMappingTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "bo"));
        _session.InvokeClean($"$null = New-PstFile '{_folder}/ann@contoso.com.pst', '{_folder}/bo/2014, 保管.pst'");
    }

    [Fact]
    public void Found_files_become_the_rows_the_service_takes()
    {
        string script = $"New-PurviewImportMapping '{_folder}/ann@contoso.com.pst', '{_folder}/bo/2014*.pst' '{_folder}/map.csv' -UploadFolder PSTFiles -ContentCodePage 932 "
            + "-Mailbox { if ($_.BaseName -like '*@*') { $_.BaseName } else { $_.Directory.Name + '@contoso.com' } } -TargetRootFolder { if ($_.Name -like '2014*') { 'Kept' } else { '/' } }";
        PSObject[] rows = [.. _session.InvokeClean(script)];

        byte[] content = File.ReadAllBytes(Path.Combine(_folder, "map.csv"));
        Assert.Equal(Encoding.UTF8.GetPreamble(), content[..3]);
        Assert.Equal(
            $"{Heading}\r\nExchange,PSTFiles,ann@contoso.com.pst,ann@contoso.com,FALSE,/,932,,,\r\nExchange,PSTFiles,\"2014, 保管.pst\",bo@contoso.com,FALSE,/Kept,932,,,\r\n",
            Encoding.UTF8.GetString(content[3..]));
        Assert.All(rows, r => Assert.Equal(Path.Combine(_folder, "map.csv"), r.Properties["MappingFile"].Value));
        Assert.Equal("ExportFileExists", Id(script));
        Assert.Equal(2, _session.InvokeClean(script + " -Force").Count);
    }

    [Fact]
    public void What_it_writes_Import_PstToMailbox_reads()
    {
        _session.InvokeClean($"$null = New-PurviewImportMapping '{_folder}/ann@contoso.com.pst' '{_folder}/map.csv'");
        _session.InvokeClean($"$null = Connect-MsMailbox -Sandbox '{_folder}/a.mailbox' -Address ann@contoso.com -NoThrottling");
        Assert.Single(_session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/map.csv'; Get-MsMailbox | Disconnect-MsMailbox"));
    }

    [Theory]
    [InlineData("'ann@contoso.com.pst' -Mailbox 2d7a87fe-d6a2-40cc-8aff-1ebea80d4ae7", null)]
    [InlineData("'ann@contoso.com.pst' -Mailbox ann", "PurviewRowInvalid")]
    [InlineData("'bo/2014, 保管.pst'", "PurviewRowInvalid")]
    [InlineData("'bo/2014, 保管.pst' -Mailbox @{ '2014*' = 'bo@contoso.com' }", null)]
    [InlineData("'bo/2014, 保管.pst' -Mailbox @{ '2015*' = 'bo@contoso.com' }", "PurviewRowInvalid")]
    [InlineData("'ann@contoso.com.pst' -UploadFolder ingestiondata/x", "PurviewRowInvalid")]
    [InlineData("'=1+1.pst' -Mailbox a@b.c", "PurviewRowInvalid")]
    [InlineData("'a.ost' -Mailbox a@b.c", "PurviewRowInvalid")]
    [InlineData("'ann@contoso.com.pst' -TargetRootFolder '=1'", null)]
    public void What_the_service_refuses_is_an_error(string rest, string? error)
    {
        File.Copy(Path.Combine(_folder, "ann@contoso.com.pst"), Path.Combine(_folder, "=1+1.pst"));
        File.Copy(Path.Combine(_folder, "ann@contoso.com.pst"), Path.Combine(_folder, "a.ost"));
        int rows = _session.Invoke($"New-PurviewImportMapping -Path {rest.Insert(1, _folder + "/")}").Count;
        Assert.Equal((error is null ? 1 : 0, error), (rows, _session.Errors.SingleOrDefault()?.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void A_name_stands_once_and_500_rows_fill_a_file()
    {
        string original = Path.Combine(_folder, "ann@contoso.com.pst");
        for (int i = 0; i < 501; i++)
        {
            File.Copy(original, Path.Combine(_folder, "bo", $"x{i:d3}.pst"));
        }

        File.Copy(original, Path.Combine(_folder, "X007.pst"));
        _session.Invoke($"Find-PstFile '{_folder}/bo' | New-PurviewImportMapping -Destination '{_folder}/map.csv' -Mailbox a@b.c -SkipContent | Out-Null; New-PurviewImportMapping '{_folder}/bo/x007.pst', '{_folder}/X007.pst' -Mailbox a@b.c");

        Assert.Equal("PurviewRowInvalid", Assert.Single(_session.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal((501, 3), (File.ReadAllLines(Path.Combine(_folder, "map.csv")).Length, File.ReadAllLines(Path.Combine(_folder, "map-2.csv")).Length));
        Assert.All((string[])["map.csv", "map-2.csv"], f => Assert.Equal(Heading, File.ReadLines(Path.Combine(_folder, f)).First()));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Id(string script)
    {
        _session.Invoke(script);
        return Assert.Single(_session.Errors).FullyQualifiedErrorId.Split(',')[0];
    }
}
