using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PstMigration.Module.Tests.Help;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>
/// Help is made from <c>src/PstMigration/Help</c>. With PSTMIGRATION_UPDATE_HELP=1 in the environment these tests write the files
/// instead of comparing them.
/// </summary>
public sealed class HelpTests
{
    private static readonly IReadOnlyList<CmdletInfo> s_cmdlets = StagedModule.Cmdlets();
    private static readonly bool s_update = Environment.GetEnvironmentVariable("PSTMIGRATION_UPDATE_HELP") == "1";

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void Committed_help_is_what_the_source_and_the_cmdlets_say(string language)
    {
        CheckOrWrite(Path.Combine(language, "PstMigration.dll-Help.xml"), MamlWriter.Write(s_cmdlets, name => HelpSource.Read(language, name)), byteOrderMark: false);
        CheckOrWrite(Path.Combine(language, "about_PstMigration_Errors.help.txt"), ErrorTopic.Write(language), byteOrderMark: true);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void Every_cmdlet_and_parameter_is_explained(string language) => Assert.All(s_cmdlets, cmdlet =>
    {
        HelpSource source = HelpSource.Read(language, cmdlet.Name);
        Assert.NotEmpty(source.Synopsis);
        Assert.NotEmpty(source.Description);
        Assert.NotEmpty(source.Output);
        Assert.NotEmpty(source.Examples);
        Assert.All(source.Examples, e => Assert.True(e.Title.Length > 0 && e.Code.Contains(cmdlet.Name, StringComparison.Ordinal) && e.Remarks.Count > 0, cmdlet.Name + ": " + e.Title));
        Assert.All(MamlWriter.ParameterNames(cmdlet), p => Assert.True(source.Parameter(p).Count > 0, $"{cmdlet.Name} -{p}"));
        Assert.All(source.Parameters, p => Assert.Contains(p, cmdlet.Parameters.Keys));
        if (language == "ja-JP")
        {
            Assert.All(MamlWriter.ParameterNames(cmdlet).SelectMany(source.Parameter).Append(source.Synopsis), text => Assert.Contains(text, c => c is >= '\u3040' and <= '\u30FF'));
        }
    });

    [Fact]
    public void Get_Help_shows_it_with_the_syntax_of_the_cmdlets()
    {
        using EngineSession session = StagedModule.Import();
        foreach (CmdletInfo cmdlet in s_cmdlets)
        {
            PSObject help = session.InvokeClean($"Get-Help {cmdlet.Name} -Full").Single();
            Assert.Equal(HelpSource.Read("en-US", cmdlet.Name).Synopsis, help.Properties["Synopsis"].Value);
            PSObject[] items = Items(help, "syntax", "syntaxItem");
            Assert.Equal(cmdlet.ParameterSets.Count, items.Length);
            Assert.Equal(
                cmdlet.ParameterSets.Select(s => string.Join(' ', s.Parameters.Select(p => p.Name).Where(n => !Cmdlet.CommonParameters.Contains(n)).Order())).Order(),
                items.Select(i => string.Join(' ', ((PSObject[])Array(i.Properties["parameter"]?.Value)).Select(p => p.Properties["name"].Value.ToString()).Order())).Order());
            Assert.All(MamlWriter.ParameterNames(cmdlet), p => Assert.NotEmpty(session.InvokeClean($"Get-Help {cmdlet.Name} -Parameter {p}")));
        }
    }

    [Theory]
    [InlineData("ja-JP", "ja-JP")]
    [InlineData("fr-FR", "en-US")]
    public void Get_Help_speaks_the_language_of_the_user(string culture, string language)
    {
        (int code, string output, string errors) = StagedModule.RunShell(
            ["-Command", $"[Globalization.CultureInfo]::CurrentUICulture = '{culture}'; Import-Module PstMigration; (Get-Help Get-PstFile).Synopsis"]);

        Assert.Equal((0, "", HelpSource.Read(language, "Get-PstFile").Synopsis), (code, errors, output.Trim()));
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
        foreach (string topic in new[] { "about_PstMigration", "about_PstMigration_Errors", "about_LegacyMailAccounts" })
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(StagedModule.Root, language, topic + ".help.txt"));
            Assert.True(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble), topic + " has no byte order mark.");
            Assert.Contains(topic, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }
    }

    private static void CheckOrWrite(string file, string expected, bool byteOrderMark)
    {
        string path = Path.Combine(StagedModule.Repository, file);
        if (s_update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected, new UTF8Encoding(byteOrderMark));
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == expected,
            file + " is stale. Run the tests of this project once with PSTMIGRATION_UPDATE_HELP=1, then build.");
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
