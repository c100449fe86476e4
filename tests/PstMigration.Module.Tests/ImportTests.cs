using System.Management.Automation;
using System.Runtime.Loader;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class ImportTests
{
    [Fact]
    public void Importing_again_with_Force_exports_everything_again()
    {
        using EngineSession session = StagedModule.Import();
        string[] first = Exported(session);

        session.InvokeClean($"Import-Module '{StagedModule.Manifest}' -Force; Import-Module '{StagedModule.Manifest}' -Force");

        Assert.NotEmpty(first);
        Assert.Equal(first, Exported(session));
        session.InvokeClean("Remove-Module PstMigration");
        Assert.Empty(Exported(session));
        session.InvokeClean($"Import-Module '{StagedModule.Manifest}'");
        Assert.Equal(first, Exported(session));
    }

    [Fact]
    public void Two_runspaces_at_once_have_it_each()
    {
        string[][] exported = new string[4][];
        Parallel.For(0, exported.Length, i =>
        {
            using EngineSession session = StagedModule.Import();
            exported[i] = Exported(session);
        });

        Assert.All(exported, e => Assert.Equal(exported[0], e));
    }

    [Fact]
    public void The_default_context_holds_nothing_of_ours_but_the_loader()
    {
        using EngineSession session = StagedModule.Import();
        session.Invoke("Get-PstFile nowhere.pst");
        string[] ours = [.. AssemblyLoadContext.Default.Assemblies.Where(a => !a.IsDynamic && a.Location.StartsWith(StagedModule.Root, StringComparison.Ordinal))
            .Select(a => a.GetName().Name!)];

        Assert.Equal(["PstMigration.Loader.V0"], ours);
        Assert.Equal("PathNotFound,PstMigration.Commands.GetPstFileCommand", Assert.Single(session.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void The_loader_is_named_by_the_major_version() =>
        Assert.StartsWith("0.", StagedModule.Version, StringComparison.Ordinal);

    [Fact]
    public void Import_commands_and_help_load_nothing_heavy()
    {
        (int code, string output, string errors) = StagedModule.RunShell(
            ["-Command", "Import-Module PstMigration; $c = Get-Command -Module PstMigration; foreach ($x in $c) { $null = Get-Help $x.Name -Full }; "
                + "[Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $_.Assemblies } | ForEach-Object { $_.GetName().Name }"]);

        Assert.Equal((0, ""), (code, errors));
        string[] loaded = output.Split('\n');
        Assert.Contains("PstMigration", loaded);
        string[] heavy = ["MimeKit", "MailKit", "Microsoft.Graph", "Microsoft.Kiota", "Microsoft.Identity", "SQLite", "PstMigration.Storage", "PstMigration.Mailboxes", "PstMigration.Sandbox"];
        Assert.DoesNotContain(loaded, name => heavy.Any(h => name.StartsWith(h, StringComparison.OrdinalIgnoreCase)));
    }

    private static string[] Exported(EngineSession session) =>
        [.. session.InvokeClean("Get-Command -Module PstMigration").Select(o => ((CommandInfo)o.BaseObject).Name).Order(StringComparer.Ordinal)];
}
