using System.Management.Automation;
using PstMigration.Commands;
using Xunit;

namespace PstMigration.Tests;

public sealed class FindPstFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(FindPstFileCommand));

    public FindPstFileTests()
    {
        _folder.CreateSubdirectory("a").CreateSubdirectory("b");
        _folder.CreateSubdirectory("[x]");
        foreach (string name in new[] { "one.pst", "a/two.PST", "a/b/three.pst", "a/b/cache.ost", "[x]/four.pst", "a/b/other.txt" })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), "abc");
        }

        _session.InvokeClean($"$ExecutionContext.SessionState.Path.SetLocation('{_folder.FullName}')");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(".", "four.pst one.pst three.pst two.PST")]
    [InlineData(". -Recurse:$false", "one.pst")]
    [InlineData("a -IncludeOst", "cache.ost three.pst two.PST")]
    [InlineData("a*", "three.pst two.PST")]
    [InlineData("-LiteralPath '[x]'", "four.pst")]
    [InlineData("one.pst", "one.pst")]
    [InlineData("a, a/b", "three.pst two.PST")]
    public void Files_are_found(string arguments, string expected) => Assert.Equal(expected, Found("Find-PstFile " + arguments));

    [Fact]
    public void Folders_pipe_in_and_results_carry_their_path()
    {
        Assert.Equal("three.pst two.PST", Found("'a', 'a/b' | Find-PstFile"));
        PSObject file = _session.InvokeClean("Find-PstFile one.pst").Single();
        Assert.Equal(Path.Combine(_folder.FullName, "one.pst"), file.Properties["Path"].Value);
        Assert.Equal(3L, file.Properties["Length"].Value);
    }

    [Fact]
    public void A_missing_folder_is_an_error_and_the_rest_is_searched()
    {
        Assert.Equal("one.pst", string.Join(' ', _session.Invoke("Find-PstFile nowhere, one.pst").Select(o => o.Properties["Name"].Value)));
        Assert.StartsWith("PathNotFound", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private string Found(string script) =>
        string.Join(' ', _session.InvokeClean(script).Select(o => o.Properties["Name"].Value.ToString()).Order(StringComparer.OrdinalIgnoreCase));
}
