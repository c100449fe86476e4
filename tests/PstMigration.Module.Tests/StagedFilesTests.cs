using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class StagedFilesTests
{
    private static readonly string[] s_rids = ["win-x64", "win-x86", "win-arm64", "linux-x64", "linux-arm64", "osx-x64", "osx-arm64"];

    // What .NET Framework 4.7.2 itself answers for, up to that version.
    private static readonly Dictionary<string, Version> s_framework = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.CSharp"] = new(4, 0, 0, 0),
        ["mscorlib"] = new(4, 0, 0, 0),
        ["netstandard"] = new(2, 0, 0, 0),
        ["System"] = new(4, 0, 0, 0),
        ["System.ComponentModel.DataAnnotations"] = new(4, 0, 0, 0),
        ["System.Configuration"] = new(4, 0, 0, 0),
        ["System.Core"] = new(4, 0, 0, 0),
        ["System.Data"] = new(4, 0, 0, 0),
        ["System.Data.DataSetExtensions"] = new(4, 0, 0, 0),
        ["System.Drawing"] = new(4, 0, 0, 0),
        ["System.IO.Compression"] = new(4, 2, 0, 0),
        ["System.Net.Http"] = new(4, 2, 0, 0),
        ["System.Net.Http.WebRequest"] = new(4, 0, 0, 0),
        ["System.Numerics"] = new(4, 0, 0, 0),
        ["System.Runtime.InteropServices.RuntimeInformation"] = new(4, 0, 2, 0),
        ["System.Runtime.Serialization"] = new(4, 0, 0, 0),
        ["System.Security"] = new(4, 0, 0, 0),
        ["System.Transactions"] = new(4, 0, 0, 0),
        ["System.Web"] = new(4, 0, 0, 0),
        ["System.Windows.Forms"] = new(4, 0, 0, 0),
        ["System.Xml"] = new(4, 0, 0, 0),
        ["System.Xml.Linq"] = new(4, 0, 0, 0),
        ["WindowsBase"] = new(4, 0, 0, 0),

        // The engine.
        ["System.Management.Automation"] = new(3, 0, 0, 0),
    };

    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    public void The_engine_is_never_staged(string framework)
    {
        string[] names = [.. Directory.EnumerateFiles(StagedModule.Bin(framework), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!)];

        Assert.Contains("PstMigration.dll", names);
        Assert.Contains("PstMigration.Loader.V0.dll", names);
        Assert.DoesNotContain(names, n => n.StartsWith("System.Management.Automation", StringComparison.OrdinalIgnoreCase)
            || n.StartsWith("PowerShellStandard", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_reference_of_the_Desktop_half_is_answered_by_a_file_of_that_version_or_newer()
    {
        Dictionary<string, Version> shipped = new(StringComparer.OrdinalIgnoreCase);
        List<(string From, string To, Version Version)> references = [];
        foreach (string file in Directory.EnumerateFiles(StagedModule.Bin("net472"), "*.dll"))
        {
            using PEReader image = new(File.OpenRead(file));
            if (!image.HasMetadata)
            {
                continue;
            }

            MetadataReader metadata = image.GetMetadataReader();
            AssemblyDefinition definition = metadata.GetAssemblyDefinition();
            string name = metadata.GetString(definition.Name);
            shipped[name] = definition.Version;
            references.AddRange(metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(r => (name, metadata.GetString(r.Name), r.Version)));
        }

        Assert.True(shipped.Count > 10, "The folder is all but empty.");
        Assert.Empty(references.Where(r => !((shipped.TryGetValue(r.To, out Version? version) || s_framework.TryGetValue(r.To, out version)) && version >= r.Version))
            .Select(r => $"{r.From} wants {r.To} {r.Version}").Distinct().Order());
    }

    [Fact]
    public void Every_file_the_Core_half_names_is_there()
    {
        string bin = StagedModule.Bin("net8.0");
        using JsonDocument dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(bin, "PstMigration.deps.json")));
        List<string> missing = [];
        int seen = 0;
        foreach (JsonProperty library in dependencies.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            foreach (string path in Files(library.Value))
            {
                seen++;
                if (!File.Exists(Path.Combine(bin, path)))
                {
                    missing.Add(library.Name + ": " + path);
                }
            }
        }

        Assert.True(seen > 10);
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    public void SQLite_is_there_for_every_platform_that_counts_and_no_other(string framework)
    {
        string runtimes = Path.Combine(StagedModule.Bin(framework), "runtimes");
        string[] staged = [.. Directory.EnumerateFiles(runtimes, "*e_sqlite3*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(runtimes, f).Split(Path.DirectorySeparatorChar)[0]).Distinct()];

        // .NET Framework is Windows, but the tests of that half run under mono as well.
        Assert.Equal(s_rids.Order(StringComparer.Ordinal), staged.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Files(JsonElement library)
    {
        foreach (string kind in new[] { "runtime", "native", "runtimeTargets" })
        {
            if (library.TryGetProperty(kind, out JsonElement files))
            {
                foreach (JsonProperty file in files.EnumerateObject())
                {
                    // A library's own files lie flat; those for one platform keep their path.
                    yield return kind == "runtimeTargets" ? file.Name : Path.GetFileName(file.Name);
                }
            }
        }

        if (library.TryGetProperty("resources", out JsonElement satellites))
        {
            foreach (JsonProperty file in satellites.EnumerateObject())
            {
                yield return Path.Combine(file.Value.GetProperty("locale").GetString()!, Path.GetFileName(file.Name));
            }
        }
    }
}
