using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class ManifestTests
{
    private static readonly Hashtable s_manifest = ReadManifest();
    private static readonly string[] s_silentVerbs = [VerbsCommon.Remove, VerbsCommunications.Disconnect, VerbsLifecycle.Unregister];

    [Fact]
    public void Exports_are_the_cmdlet_classes_and_nothing_else()
    {
        using EngineSession session = StagedModule.Import();
        Assembly module = ((CmdletInfo)session.InvokeClean("Get-Command Get-PstFile").Single().BaseObject).ImplementingType.Assembly;
        string[] classes = [.. module.GetExportedTypes().Where(t => !t.IsAbstract).SelectMany(t => t.GetCustomAttributes<CmdletAttribute>())
            .Select(c => c.VerbName + "-" + c.NounName).Order(StringComparer.Ordinal)];

        Assert.Equal(classes, ((object[])s_manifest["CmdletsToExport"]!).Cast<string>().Order(StringComparer.Ordinal));
        Assert.Equal(classes, StagedModule.Cmdlets().Select(c => c.Name));
        Assert.All(new[] { "FunctionsToExport", "VariablesToExport", "AliasesToExport" }, key => Assert.Empty((object[])s_manifest[key]!));
    }

    [Fact]
    public void Cmdlets_keep_the_conventions()
    {
        string[] verbs = [.. new[]
            {
                typeof(VerbsCommon), typeof(VerbsData), typeof(VerbsLifecycle), typeof(VerbsDiagnostic), typeof(VerbsCommunications), typeof(VerbsSecurity), typeof(VerbsOther),
            }
            .SelectMany(t => t.GetFields()).Select(f => (string)f.GetRawConstantValue()!)];
        Assert.All(StagedModule.Cmdlets(), cmdlet =>
        {
            Assert.Contains(cmdlet.Verb, verbs);
            Assert.True(cmdlet.ImplementingType.IsSealed, cmdlet.Name);
            Assert.Equal("PstMigration.Commands." + cmdlet.Verb + cmdlet.Noun + "Command", cmdlet.ImplementingType.FullName);
            Assert.Equal(s_silentVerbs.Contains(cmdlet.Verb), cmdlet.OutputType.Count == 0);
            Assert.All(cmdlet.Parameters.Values, p => Assert.NotEqual(typeof(bool), p.ParameterType));
        });
    }

    [Fact]
    public void The_manifest_says_what_the_module_needs()
    {
        Assert.Equal("PstMigration.psm1", s_manifest["RootModule"]);
        Assert.Equal("5.1", s_manifest["PowerShellVersion"]);
        Assert.Equal("4.7.2", s_manifest["DotNetFrameworkVersion"]);
        Assert.Equal(["Desktop", "Core"], ((object[])s_manifest["CompatiblePSEditions"]!).Cast<string>());
        Assert.False(s_manifest.ContainsKey("RequiredAssemblies"), "They would be loaded where every module sees them.");
        Assert.False(s_manifest.ContainsKey("RequiredModules"));
        using EngineSession session = new();
        Assert.NotNull(session.InvokeClean($"Test-ModuleManifest '{StagedModule.Manifest}'").Single());
    }

    [Fact]
    public void There_is_one_version()
    {
        Match head = Regex.Match(File.ReadAllText(Path.Combine(StagedModule.Repository, "CHANGELOG.md")), @"^## (\d+\.\d+\.\d+)", RegexOptions.Multiline);

        Assert.Equal(StagedModule.Version, s_manifest["ModuleVersion"]);
        Assert.Equal(StagedModule.Version, head.Groups[1].Value);
    }

    [Fact]
    public void Scripts_run_in_Windows_PowerShell()
    {
        foreach (string file in new[] { "PstMigration.psm1", "PstMigration.psd1" })
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(StagedModule.Root, file));

            // Without a byte order mark Windows PowerShell reads the machine's code page.
            Assert.All(bytes, b => Assert.InRange(b, 0, 127));
        }
    }

    private static Hashtable ReadManifest()
    {
        // The static reading a gallery does: anything but literals throws.
        ScriptBlockAst ast = Parser.ParseFile(StagedModule.Manifest, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return (Hashtable)((HashtableAst)ast.Find(a => a is HashtableAst, false)!).SafeGetValue();
    }
}
