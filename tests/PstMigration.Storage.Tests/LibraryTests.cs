using System.Reflection;
using Xunit;

namespace PstMigration.Storage.Tests;

public sealed class LibraryTests
{
    public static TheoryData<string, string> Natives { get; } = new()
    {
        { "win-x64", "e_sqlite3.dll" },
        { "win-x86", "e_sqlite3.dll" },
        { "win-arm64", "e_sqlite3.dll" },
        { "linux-x64", "libe_sqlite3.so" },
        { "linux-arm64", "libe_sqlite3.so" },
        { "osx-x64", "libe_sqlite3.dylib" },
        { "osx-arm64", "libe_sqlite3.dylib" },
    };

    [Theory]
    [MemberData(nameof(Natives))]
    public void Sqlite_for_every_platform_is_beside_the_assembly(string rid, string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native", file);

        Assert.True(File.Exists(path), path);
        Assert.True(new FileInfo(path).Length > 500_000);
    }

    [Fact]
    public void Sqlite_for_no_other_platform()
    {
        string[] found = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "runtimes"), "*e_sqlite3*", SearchOption.AllDirectories);

        Assert.Equal(Natives.Count, found.Length);
    }

    [Fact]
    public void No_type_of_a_provider_stands_in_what_others_use()
    {
        foreach (Type type in typeof(SqliteDatabase).Assembly.GetExportedTypes())
        {
            foreach (MemberInfo member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                Type[] named = member switch
                {
                    MethodBase method => [.. method.GetParameters().Select(p => p.ParameterType), (method as MethodInfo)?.ReturnType ?? typeof(void)],
                    PropertyInfo property => [property.PropertyType],
                    FieldInfo field => [field.FieldType],
                    _ => [],
                };
                Assert.DoesNotContain(named, t => t.FullName?.Contains("Microsoft.Data.Sqlite") == true || t.FullName?.Contains("SQLitePCL") == true);
            }
        }
    }

#if NET
    [Theory]
    [InlineData(SqliteAccess.Alone)]
    [InlineData(SqliteAccess.Writer)]
    public void Only_the_owner_may_read_what_is_on_the_disk(SqliteAccess access)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        using Fixture f = new();
        using SqliteDatabase database = f.Open(access);
        database.Insert("INSERT INTO item(id) VALUES('x')");
        using SqliteDatabase? reader = access == SqliteAccess.Writer ? f.Open(SqliteAccess.Reader) : null;

        string[] files = Directory.GetFiles(f.Folder);
        Assert.Contains(f.FilePath + "-wal", files);
#pragma warning disable CA1416
        Assert.All(files.Where(x => !x.EndsWith(".lock", StringComparison.Ordinal)), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public void A_second_load_context_has_a_library_of_its_own()
    {
        // As when a host imports two versions of the module: what one binds must not bind the other.
        using Fixture f = new();
        PrivateContext context = new();
        Assembly storage = context.LoadFromAssemblyPath(typeof(SqliteDatabase).Assembly.Location);
        using (f.Open())
        {
        }

        Type database = storage.GetType("PstMigration.Storage.SqliteDatabase", throwOnError: true)!;
        object schema = Activator.CreateInstance(storage.GetType("PstMigration.Storage.SqliteSchema")!, Fixture.ApplicationId, Array.CreateInstance(typeof(Action<>).MakeGenericType(database), 2))!;
        object access = Enum.ToObject(storage.GetType("PstMigration.Storage.SqliteAccess")!, 0);
        using IDisposable opened = (IDisposable)database.GetMethod("Open")!.Invoke(null, [f.FilePath, schema, access])!;

        Assert.NotSame(typeof(SqliteDatabase), database);
        Assert.Equal(1L, database.GetMethod("Number")!.Invoke(opened, ["SELECT COUNT(*) FROM meta", Array.Empty<object?>()]));
    }

    /// <summary>Answers for all that lies beside the tests, as the module's loader does.</summary>
    private sealed class PrivateContext() : System.Runtime.Loader.AssemblyLoadContext("other", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name) => Path.Combine(AppContext.BaseDirectory, name.Name + ".dll") is string path && File.Exists(path)
            ? LoadFromAssemblyPath(path)
            : null;
    }
#endif
}
