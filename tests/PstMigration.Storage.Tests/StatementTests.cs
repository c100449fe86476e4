using System.Globalization;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Storage.Tests;

public sealed class StatementTests : IDisposable
{
    private readonly Fixture _f = new();
    private readonly SqliteDatabase _database;

    public StatementTests() => _database = _f.Open();

    public void Dispose()
    {
        _database.Dispose();
        _f.Dispose();
    }

    [Fact]
    public void Ids_that_differ_by_case_alone_are_two()
    {
        string[] ids = ["AAMkAGI2", "AAMkAGi2", "aaMkAGI2", "ÀB", "àB", "Ａ", "ａ"];
        foreach (string id in ids)
        {
            _database.Insert("INSERT INTO item(id, value) VALUES(@0, @0)", id);
        }

        Assert.All(ids, id => Assert.Equal([id], _database.Query("SELECT value FROM item WHERE id = @0", r => r.GetString(0), id)));
        Assert.Equal(StorageProblem.Refused, Assert.Throws<StorageException>(() => _database.Insert("INSERT INTO item(id) VALUES(@0)", ids[0])).Problem);
        Assert.Equal(ids.OrderBy(i => i, StringComparer.Ordinal), _database.Query("SELECT id FROM item ORDER BY id", r => r.GetString(0)));
    }

    [Fact]
    public void Values_come_back_as_they_went_in()
    {
        object?[] values = [1L, int.MaxValue, true, 2.5, double.NegativeInfinity, "text\0with nul 𠮟る", "", new byte[] { 0, 255 }, Array.Empty<byte>(), null];
        foreach (object? value in values)
        {
            _database.Insert("INSERT INTO item(value) VALUES(@0)", value);
        }

        List<object?> read = _database.Query("SELECT value FROM item ORDER BY number", r => r.IsNull(0) ? null : r.GetValue(0));

        Assert.Equal([1L, (long)int.MaxValue, 1L, 2.5, double.NegativeInfinity, "text\0with nul 𠮟る", "", new byte[] { 0, 255 }, Array.Empty<byte>(), null], read);
        Assert.Equal(5, _database.Insert("INSERT INTO item(number) VALUES(NULL)") - 6);
    }

    [Fact]
    public void A_value_of_another_type_is_damage_and_no_zero()
    {
        _database.Insert("INSERT INTO item(value) VALUES('12')");

        StorageException error = Assert.Throws<StorageException>(() => _database.First("SELECT value FROM item", r => r.GetInt64(0)));

        Assert.Equal(("FileDamaged", StorageProblem.Damaged), (error.Id, error.Problem));
        Assert.Contains("value", error.Message);
        foreach (Func<SqliteRow, object?> get in new Func<SqliteRow, object?>[] { r => r.GetInt32(0), r => r.GetBoolean(0), r => r.GetBytes(0), r => r.GetInt64OrNull(0) })
        {
            Assert.Equal(StorageProblem.Damaged, Assert.Throws<StorageException>(() => _database.Query("SELECT value FROM item", get)).Problem);
        }

        Assert.Equal(StorageProblem.Damaged, Assert.Throws<StorageException>(() => _database.First("SELECT NULL", r => r.GetValue(0))).Problem);
        Assert.Equal(StorageProblem.Damaged, Assert.Throws<StorageException>(() => _database.First("SELECT 5000000000", r => r.GetInt32(0))).Problem);
    }

    [Fact]
    public void A_transaction_is_kept_or_forgotten_as_a_whole()
    {
        Assert.Equal(7, _database.InTransaction(() =>
        {
            _database.Insert("INSERT INTO item(id) VALUES('a')");
            return 7;
        }));

        Assert.Throws<FormatException>(() => _database.InTransaction(() =>
        {
            _database.Insert("INSERT INTO item(id) VALUES('b')");
            throw new FormatException();
        }));

        Assert.Equal(["a"], _database.Query("SELECT id FROM item", r => r.GetString(0)));
    }

    [Fact]
    public void A_full_disk_forgets_the_transaction_and_the_next_one_goes_on()
    {
        long pages = _database.Number("PRAGMA page_count");
        _database.Execute("PRAGMA max_page_count=" + (pages + 4).ToString(CultureInfo.InvariantCulture));

        StorageException error = Assert.Throws<StorageException>(() => _database.InTransaction(() =>
        {
            _database.Insert("INSERT INTO item(id) VALUES('small')");
            _database.Insert("INSERT INTO item(value) VALUES(@0)", new byte[1_000_000]);
        }));

        Assert.Equal(("DiskFull", StorageProblem.Full), (error.Id, error.Problem));
        Assert.Contains(_f.FilePath, error.Message);
        _database.InTransaction(() => _database.Insert("INSERT INTO item(id) VALUES('next')"));
        Assert.Equal(["next"], _database.Query("SELECT id FROM item", r => r.GetString(0)));
    }

    [Fact]
    public void A_disk_that_is_full_indeed_loses_nothing_that_was_committed()
    {
        using SmallDisk disk = new(2048);
        using (SqliteDatabase database = SqliteDatabase.Open(disk["a.db"], Fixture.Schema, SqliteAccess.Alone))
        {
            int kept = 0;
            StorageException? error = null;
            while (error is null)
            {
                error = Record.Exception(() => database.InTransaction(() => database.Insert("INSERT INTO item(value) VALUES(@0)", new byte[50_000]))) as StorageException;
                kept += error is null ? 1 : 0;
            }

            Assert.Equal("DiskFull", error.Id);
            Assert.InRange(kept, 5, 40);
            Assert.Equal(kept, database.Number("SELECT COUNT(*) FROM item"));
            Assert.Equal(StorageProblem.Full, Assert.Throws<StorageException>(
                () => database.InTransaction(() => database.Insert("INSERT INTO item(value) VALUES(@0)", new byte[50_000]))).Problem);
        }

        // The log could not go into the file: both wait for room.
        using SqliteDatabase again = SqliteDatabase.Open(disk["a.db"], Fixture.Schema, SqliteAccess.Alone);
        Assert.InRange(again.Number("SELECT COUNT(*) FROM item"), 5, 40);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(40_000)]
    [InlineData(90_000)]
    public void A_first_start_on_a_full_disk_says_so_and_opens_when_there_is_room(int left)
    {
        using SmallDisk disk = new(1024);
        disk.Fill(left);
        Exception? error = Record.Exception(() => SqliteDatabase.Open(disk["a.db"], Fixture.Schema, SqliteAccess.Alone).Dispose());
        if (error is not null)
        {
            Assert.Equal(StorageProblem.Full, Assert.IsType<StorageException>(error).Problem);
        }

        disk.Clear();
        using SqliteDatabase database = SqliteDatabase.Open(disk["a.db"], Fixture.Schema, SqliteAccess.Alone);
        Assert.Equal("first", database.First("SELECT value FROM meta", r => r.GetString(0)));
    }

    [Fact]
    public void A_statement_that_is_wrong_is_an_error_of_ours()
    {
        Assert.Equal(StorageProblem.Refused, Assert.Throws<StorageException>(() => _database.Execute("SELEKT 1")).Problem);
        Assert.Equal(StorageProblem.Refused, Assert.Throws<StorageException>(() => _database.Number("SELECT * FROM nothing")).Problem);
        Assert.Equal(StorageProblem.Refused, Assert.Throws<StorageException>(() => _database.Query("SELECT " + string.Concat(Enumerable.Repeat("(", 2000)) + "1", r => 1)).Problem);
    }

    [Fact]
    public void Statements_without_end_are_not_all_kept()
    {
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(i, _database.Number("SELECT " + i.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
