using System.Management.Automation;
using System.Text;
using System.Xml.Linq;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Help is made by tools/PstMigration.Help; these tests compare what is committed with what it makes, and with what people see.</summary>
public sealed class HelpTests
{
    private static readonly string[] s_languages = ["en-US", "ja-JP"];
    private static readonly IReadOnlyList<CmdletInfo> s_cmdlets = StagedModule.Cmdlets();

    [Fact]
    public void Committed_help_is_what_the_program_makes()
    {
        using HelpProgram help = new();

        Assert.Equal((0, ""), help.Run());
        string[] made = help.Made();
        Assert.Equal(2 * s_languages.Length, made.Length);
        Assert.All(made, file => Assert.True(
            help.Read(file).SequenceEqual(LineFeeds(File.ReadAllBytes(Path.Combine(StagedModule.Repository, file)))), file + " is stale: ./build.ps1 -Task Help"));
    }

    /// <summary>Nothing is made where anything is missing.</summary>
    [Theory]
    [InlineData("en-US", "Get-PstFile.md", "## Example: ", "## Remark: ", "en-US: Get-PstFile.md has no ## Example.")]
    [InlineData("ja-JP", "Get-PstItem.md", "## -Property", "## -Properties", "ja-JP: Get-PstItem -Property is not explained.\nja-JP: Get-PstItem has no -Properties.")]
    [InlineData("ja-JP", "New-PstFile.md", "## Output", "## Input", "ja-JP: New-PstFile.md has no ## Output.")]
    public void What_is_not_explained_is_named(string language, string file, string text, string instead, string named)
    {
        using HelpProgram help = new();
        help.Edit(language, file, text, instead);

        Assert.Equal((1, named), help.Run());
        Assert.Empty(help.Made());
    }

    [Fact]
    public void A_page_that_was_not_translated_and_one_about_nothing_are_named()
    {
        using HelpProgram help = new();
        help.Copy("en-US", "Test-PstFile.md", "ja-JP", "Test-PstFile.md");
        help.Copy("en-US", "Test-PstFile.md", "en-US", "Get-Nothing.md");

        (int code, string said) = help.Run();

        Assert.Equal(1, code);
        Assert.StartsWith("en-US: Get-Nothing.md is about no cmdlet.\nja-JP: Test-PstFile.md has no synopsis.\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_Help_shows_it_with_the_syntax_of_the_cmdlets()
    {
        using EngineSession session = StagedModule.Import();
        foreach (CmdletInfo cmdlet in s_cmdlets)
        {
            PSObject help = session.InvokeClean($"Get-Help {cmdlet.Name} -Full").Single();
            Assert.Equal(Synopsis("en-US", cmdlet.Name), help.Properties["Synopsis"].Value);
            PSObject[] items = Items(help, "syntax", "syntaxItem");
            Assert.Equal(cmdlet.ParameterSets.Count, items.Length);
            Assert.Equal(
                cmdlet.ParameterSets.Select(s => string.Join(' ', s.Parameters.Select(p => p.Name).Where(n => !Cmdlet.CommonParameters.Contains(n)).Order())).Order(),
                items.Select(i => string.Join(' ', ((PSObject[])Array(i.Properties["parameter"]?.Value)).Select(p => p.Properties["name"].Value.ToString()).Order())).Order());
            Assert.All(
                cmdlet.Parameters.Keys.Except(Cmdlet.CommonParameters), p => Assert.NotEmpty(session.InvokeClean($"Get-Help {cmdlet.Name} -Parameter {p}")));
        }
    }

    [Theory]
    [InlineData("ja-JP", "ja-JP")]
    [InlineData("fr-FR", "en-US")]
    public void Get_Help_speaks_the_language_of_the_user(string culture, string language)
    {
        (int code, string output, string errors) = StagedModule.RunShell(
            ["-Command", $"[Globalization.CultureInfo]::CurrentUICulture = '{culture}'; Import-Module PstMigration; (Get-Help Get-PstFile).Synopsis"]);

        Assert.Equal((0, "", Synopsis(language, "Get-PstFile")), (code, errors, output.Trim()));
    }

    [Fact]
    public void Messages_speak_the_language_of_the_user()
    {
        (_, string output, _) = StagedModule.RunShell(
            ["-Command", "[Globalization.CultureInfo]::CurrentUICulture = 'ja-JP'; Import-Module PstMigration; Get-PstFile nowhere.pst -ErrorAction SilentlyContinue; $Error[0].ToString()"]);

        Assert.Equal("ファイル 'nowhere.pst' はありません。", output.Trim());
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void About_topics_are_there(string language)
    {
        foreach (string topic in new[] { "about_PstMigration", "about_PstMigration_Errors", "about_LegacyMailAccounts", "about_MailboxBackup" })
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(StagedModule.Root, language, topic + ".help.txt"));
            Assert.True(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble), topic + " has no byte order mark.");
            Assert.Contains(topic, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }
    }

    // A checkout on Windows may have other line ends.
    private static IEnumerable<byte> LineFeeds(byte[] text) => text.Where(b => b != (byte)'\r');

    private static string Synopsis(string language, string cmdlet)
    {
        XElement root = XElement.Load(Path.Combine(StagedModule.Root, language, "PstMigration.dll-Help.xml"));
        XElement details = root.Descendants().Single(e => e.Name.LocalName == "details" && e.Elements().First().Value == cmdlet);
        return details.Elements().Single(e => e.Name.LocalName == "description").Value;
    }

    private static PSObject[] Items(PSObject help, string outer, string inner) => Array(((PSObject)help.Properties[outer].Value).Properties[inner].Value);

    private static PSObject[] Array(object? value) => value switch
    {
        null => [],
        PSObject[] several => several,
        object[] several => [.. several.Select(PSObject.AsPSObject)],
        _ => [PSObject.AsPSObject(value)],
    };
}
