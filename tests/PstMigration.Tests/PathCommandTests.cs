using System.Management.Automation;
using PstMigration.Commands;
using Xunit;

namespace PstMigration.Tests;

public sealed class PathCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(PathProbeCommand));

    public PathCommandTests()
    {
        foreach (string name in new[] { "a.pst", "b.pst", "[2019].pst", "damaged.pst", "ファイル.ost" })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), "");
        }

        _folder.CreateSubdirectory("c.pst");
        _session.InvokeClean($"$ExecutionContext.SessionState.Path.SetLocation('{_folder.FullName}')");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("a.pst", "a.pst")]
    [InlineData("*.pst", "[2019].pst a.pst b.pst")]
    [InlineData("?.pst", "a.pst b.pst")]
    [InlineData("*.nothing", "")]
    [InlineData("./a.pst,b.pst", "a.pst b.pst")]
    [InlineData("*.ost", "ファイル.ost")]
    [InlineData("'[2019].pst'", "[2019].pst")]
    [InlineData("-Path '[ab].pst'", "a.pst b.pst")]
    [InlineData("-LiteralPath '[2019].pst'", "[2019].pst")]
    [InlineData("-PSPath \"Microsoft.PowerShell.Core\\FileSystem::$($ExecutionContext.SessionState.Path.CurrentLocation)/a.pst\"", "a.pst")]
    public void Paths_are_found(string arguments, string expected) => Assert.Equal(expected, Found("Test-PathProbe " + arguments));

    [Theory]
    [InlineData("'a.pst', '[2019].pst' | Test-PathProbe", "[2019].pst a.pst")]
    [InlineData("[pscustomobject]@{ Path = '[2019].pst' } | Test-PathProbe", "[2019].pst")]
    [InlineData("[pscustomobject]@{ PSPath = '[2019].pst' } | Test-PathProbe", "[2019].pst")]
    [InlineData("$ExecutionContext.InvokeProvider.Item.Get('*.pst') | Where-Object { -not $_.PSIsContainer -and $_.Name -ne 'damaged.pst' } | Test-PathProbe", "[2019].pst a.pst b.pst")]
    public void Objects_pipe_in_by_value_and_by_property(string script, string expected) => Assert.Equal(expected, Found(script));

    [Theory]
    [InlineData("-Path nowhere.pst", "PathNotFound", ErrorCategory.ObjectNotFound, "nowhere.pst")]
    [InlineData("-LiteralPath '?.pst'", "PathNotFound", ErrorCategory.ObjectNotFound, "?.pst")]
    [InlineData("-Path nodrive:\\x.pst", "PathNotFound", ErrorCategory.ObjectNotFound, "nodrive:\\x.pst")]
    [InlineData("-LiteralPath nodrive:\\x.pst", "PathNotFound", ErrorCategory.ObjectNotFound, "nodrive:\\x.pst")]
    [InlineData("-Path variable:HOME", "PathNotFileSystem", ErrorCategory.InvalidArgument, "variable:HOME")]
    [InlineData("-Path variable:HOM*", "PathNotFileSystem", ErrorCategory.InvalidArgument, "variable:HOM*")]
    [InlineData("-Path c.pst", "PathNotFile", ErrorCategory.InvalidArgument, "c.pst")]
    public void A_wrong_path_is_an_error_about_it(string arguments, string id, ErrorCategory category, string target)
    {
        Assert.Empty(_session.Invoke("Test-PathProbe " + arguments));

        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal(id + ",PstMigration.Tests.PathProbeCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void One_bad_path_or_file_does_not_end_the_others()
    {
        Assert.Equal("a.pst b.pst", Found("'a.pst', 'no.pst', 'damaged.pst', 'b.pst' | Test-PathProbe", errors: 2));
        Assert.Equal("a.pst b.pst", Found("Test-PathProbe a.pst, no.pst, damaged.pst, b.pst", errors: 2));
        Assert.Equal(["PathNotFound", "FileAccessFailed"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(Path.Combine(_folder.FullName, "damaged.pst"), _session.Errors[1].TargetObject);
    }

    private string Found(string script, int errors = -1)
    {
        string[] names = [.. _session.Invoke(script).Select(o => Path.GetFileName(o.ToString())).OrderBy(n => n, StringComparer.Ordinal)];
        string[] ids = [.. _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Where(id => errors >= 0 || id != "FileAccessFailed")];
        Assert.Equal(Math.Max(errors, 0), ids.Length);
        return string.Join(" ", names);
    }
}

[Cmdlet(VerbsDiagnostic.Test, "PathProbe", DefaultParameterSetName = PathSet)]
public sealed class PathProbeCommand : PathCommand
{
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Path.Length > 0 && path.EndsWith("damaged.pst", StringComparison.Ordinal))
        {
            throw new IOException("bad sector");
        }

        WriteObject(path);
    }
}
