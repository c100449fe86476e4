using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Storage.Tests;

public sealed class OpeningTests : IDisposable
{
    // PSTMIGRATION_SCALE=full: minutes instead of a moment.
    private static readonly int s_scale = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full" ? 50 : 1;

    private readonly Fixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData(SqliteAccess.Alone)]
    [InlineData(SqliteAccess.Writer)]
    public void A_new_file_makes_all_steps_and_one_file_remains(SqliteAccess access)
    {
        using (SqliteDatabase database = _f.Open(access))
        {
            Assert.Equal("first", database.First("SELECT value FROM meta WHERE key = @0", r => r.GetString(0), "name"));
            Assert.Equal((Fixture.ApplicationId, 2), (database.Number("PRAGMA application_id"), database.Number("PRAGMA user_version")));
            database.Insert("INSERT INTO item(id) VALUES(@0)", "x");
        }

        Assert.Equal([_f.FilePath], Directory.GetFiles(_f.Folder));
        using SqliteDatabase again = _f.Open(access);
        Assert.Equal(1, again.Number("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public void What_a_process_leaves_that_is_killed_at_any_step_of_its_first_start_opens()
    {
        List<string> left = [];
        File.WriteAllBytes(_f["empty.db"], []);
        left.Add(_f["empty.db"]);
        SqliteSchema slow = new(
            Fixture.ApplicationId,
            d => left.Add(_f.CopyAsKilled("before.db")),
            d =>
            {
                Fixture.Tables(d);
                left.Add(_f.CopyAsKilled("tables.db"));
                Fixture.Contents(d);
                left.Add(_f.CopyAsKilled("contents.db"));
            });
        _f.Open(schema: slow).Dispose();
        left.Add(_f.CopyAsKilled("closed.db"));

        Assert.Equal(5, left.Count);
        Assert.All(left, path =>
        {
            using SqliteDatabase database = SqliteDatabase.Open(path, Fixture.Schema, SqliteAccess.Alone);
            Assert.Equal("first", database.First("SELECT value FROM meta", r => r.GetString(0)));
            Assert.Equal(0, database.Number("SELECT COUNT(*) FROM item"));
        });
    }

    [Fact]
    public void A_step_that_fails_leaves_nothing_of_the_others()
    {
        SqliteSchema broken = new(Fixture.ApplicationId, Fixture.Tables, d => throw new InvalidOperationException("step"));

        Assert.Equal("step", Assert.Throws<InvalidOperationException>(() => _f.Open(schema: broken)).Message);
        using SqliteDatabase database = _f.Open();
        Assert.Equal(2, database.Number("PRAGMA user_version"));
    }

    [Theory]
    [InlineData(SqliteAccess.Alone)]
    [InlineData(SqliteAccess.Writer)]
    [InlineData(SqliteAccess.Reader)]
    public void An_older_file_makes_the_steps_it_wants(SqliteAccess access)
    {
        using (SqliteDatabase old = _f.Open(schema: new SqliteSchema(Fixture.ApplicationId, Fixture.Tables)))
        {
            old.Insert("INSERT INTO item(id) VALUES('kept')");
        }

        using SqliteDatabase database = _f.Open(access);

        Assert.Equal("first", database.First("SELECT value FROM meta", r => r.GetString(0)));
        Assert.Equal("kept", database.First("SELECT id FROM item", r => r.GetString(0)));
    }

    [Theory]
    [InlineData(SqliteAccess.Alone)]
    [InlineData(SqliteAccess.Reader)]
    public void A_newer_file_is_refused_and_left_alone(SqliteAccess access)
    {
        _f.Open(schema: new SqliteSchema(Fixture.ApplicationId, Fixture.Tables, Fixture.Contents, d => d.Execute("CREATE TABLE more(x)"))).Dispose();
        byte[] before = File.ReadAllBytes(_f.FilePath);

        StorageException error = Assert.Throws<StorageException>(() => _f.Open(access));

        Assert.Equal(("FileTooNew", StorageProblem.TooNew), (error.Id, error.Problem));
        Assert.Equal(before, File.ReadAllBytes(_f.FilePath));
    }

    [Fact]
    public void Another_file_is_refused_and_left_alone()
    {
        string text = new('x', 10_000);
        File.WriteAllText(_f.FilePath, text);
        Assert.Equal(StorageProblem.NotRecognized, Problem(() => _f.Open()));
        Assert.Equal(text, File.ReadAllText(_f.FilePath));
        File.Delete(_f.FilePath);

        _f.Open(schema: new SqliteSchema(0x4F544852, Fixture.Tables)).Dispose();
        byte[] other = File.ReadAllBytes(_f.FilePath);
        Assert.Equal(StorageProblem.NotRecognized, Problem(() => _f.Open()));
        Assert.Equal(other, File.ReadAllBytes(_f.FilePath));
    }

    [Fact]
    public void What_cannot_be_opened_is_told_by_its_kind()
    {
        // A folder is a file one may not open to some systems, and one that exists to others.
        Assert.Contains(Problem(() => SqliteDatabase.Open(_f.Folder, Fixture.Schema, SqliteAccess.Alone)), new[] { StorageProblem.Failed, StorageProblem.AccessDenied });
        Assert.Equal(StorageProblem.Failed, Problem(() => SqliteDatabase.Open(Path.Combine(_f.Folder, "no", "such"), Fixture.Schema, SqliteAccess.Alone)));
        Assert.Equal(StorageProblem.Failed, Problem(() => SqliteDatabase.Open(Path.Combine(_f.Folder, "no", "such"), Fixture.Schema, SqliteAccess.Writer)));
        Assert.Equal(StorageProblem.Failed, Problem(() => _f.Open(SqliteAccess.Reader)));
        Assert.Empty(Directory.GetFileSystemEntries(_f.Folder));
    }

    [Fact]
    public void One_that_is_alone_lets_nobody_in()
    {
        using SqliteDatabase first = _f.Open();

        foreach (SqliteAccess access in new[] { SqliteAccess.Alone, SqliteAccess.Writer, SqliteAccess.Reader })
        {
            Assert.Equal(StorageProblem.InUse, Problem(() => _f.Open(access)));
        }
    }

    [Fact]
    public void Readers_read_beside_the_one_writer()
    {
        using SqliteDatabase writer = _f.Open(SqliteAccess.Writer);
        using SqliteDatabase reader = _f.Open(SqliteAccess.Reader);

        Assert.Equal(StorageProblem.InUse, Problem(() => _f.Open(SqliteAccess.Writer)));
        writer.Insert("INSERT INTO item(id) VALUES('a')");
        Assert.Equal(1, reader.Number("SELECT COUNT(*) FROM item"));
        writer.InTransaction(() =>
        {
            writer.Insert("INSERT INTO item(id) VALUES('b')");
            Assert.Equal(1, reader.Number("SELECT COUNT(*) FROM item"));
        });
        Assert.Equal(2, reader.Number("SELECT COUNT(*) FROM item"));
        Assert.Equal(StorageProblem.AccessDenied, Problem(() => reader.Execute("DELETE FROM item")));

        writer.Dispose();
        using SqliteDatabase next = _f.Open(SqliteAccess.Writer);
        Assert.Equal(2, next.Number("SELECT COUNT(*) FROM item"));
    }

    [Fact]
    public void What_a_killed_writer_had_committed_is_there()
    {
        using SqliteDatabase writer = _f.Open(SqliteAccess.Writer);
        writer.InTransaction(() => writer.Insert("INSERT INTO item(id) VALUES('kept')"));
        string killed = writer.InTransaction(() =>
        {
            writer.Insert("INSERT INTO item(id) VALUES('half')");
            return _f.CopyAsKilled("killed.db");
        });

        using SqliteDatabase next = SqliteDatabase.Open(killed, Fixture.Schema, SqliteAccess.Writer);

        Assert.Equal(["kept"], next.Query("SELECT id FROM item", r => r.GetString(0)));
    }

    [Fact]
    public void Deleting_takes_what_lies_beside_it_and_not_a_file_in_use()
    {
        using (SqliteDatabase writer = _f.Open(SqliteAccess.Writer))
        {
            Assert.Equal(StorageProblem.InUse, Problem(() => SqliteDatabase.Delete(_f.FilePath)));
            writer.InTransaction(() => writer.Insert("INSERT INTO item(id) VALUES('kept')"));
            SqliteDatabase.Delete(_f.CopyAsKilled("killed.db"));
        }

        Assert.Equal([_f.FilePath], Directory.GetFiles(_f.Folder));
        SqliteDatabase.Delete(_f.FilePath);
        Assert.Empty(Directory.GetFiles(_f.Folder));
        SqliteDatabase.Delete(_f.FilePath);
    }

    [Fact]
    public void Random_damage_is_never_an_error_of_SQLite()
    {
        using (SqliteDatabase database = _f.Open())
        {
            database.InTransaction(() =>
            {
                for (int i = 0; i < 300; i++)
                {
                    database.Insert("INSERT INTO item(id, value) VALUES(@0, @1)", "id" + i, i % 3 == 0 ? new byte[i * 40] : new string('v', i));
                }
            });
        }

        byte[] sound = File.ReadAllBytes(_f.FilePath);
        Random random = new(20261129);
        HashSet<string> told = [];
        for (int round = 0; round < TestScale.Of(150 * s_scale); round++)
        {
            byte[] damaged = (byte[])sound.Clone();
            for (int i = random.Next(1, 30); i > 0; i--)
            {
                // Half of it where everything hangs on it.
                damaged[random.Next(2) == 0 ? random.Next(Math.Min(4096, damaged.Length)) : random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            if (round % 10 == 0)
            {
                Array.Resize(ref damaged, random.Next(damaged.Length));
            }

            File.WriteAllBytes(_f["damaged.db"], damaged);
            foreach (string beside in Directory.GetFiles(_f.Folder, "damaged.db-*"))
            {
                File.Delete(beside);
            }

            try
            {
                using SqliteDatabase database = SqliteDatabase.Open(_f["damaged.db"], Fixture.Schema, SqliteAccess.Alone);
                database.Query("SELECT number, id, value FROM item", r => (r.GetInt64(0), r.GetString(1), r.GetValue(2)));
                database.InTransaction(() =>
                {
                    database.Execute("UPDATE item SET id = id || @0 WHERE number % 7 = 0", Encoding.ASCII.GetString(new byte[500]));
                    database.Execute("DELETE FROM item WHERE number % 5 = 0");
                });
                told.Add("sound");
            }
            catch (StorageException e)
            {
                told.Add(e.Problem.ToString());
            }
        }

        Assert.Contains("sound", told);
        Assert.Contains("Damaged", told);
        Assert.Contains("NotRecognized", told);
    }

    private static StorageProblem Problem(Action action) => Assert.Throws<StorageException>(action).Problem;

    private static StorageProblem Problem(Func<object> action) => Assert.Throws<StorageException>(action).Problem;
}
