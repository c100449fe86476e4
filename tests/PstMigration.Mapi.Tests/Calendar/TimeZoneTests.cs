using Xunit;

namespace PstMigration.Mapi.Tests.Calendar;

public sealed class TimeZoneTests
{
    private static readonly TimeZoneStruct s_pacific = new(480, 0, -60, new SystemTimeRule(0, 11, 0, 1, 2, 0), new SystemTimeRule(0, 3, 0, 2, 2, 0));

    [Fact]
    public void A_struct_reads_back_and_has_the_documented_bytes()
    {
        byte[] bytes = s_pacific.ToArray();

        Assert.Equal(TimeZoneStruct.Size, bytes.Length);
        Assert.Equal("e0010000" + "00000000" + "c4ffffff" + "0000" + "00000b00000001000200000000000000" + "0000" + "00000300000002000200000000000000", Hex.Lower(bytes));
        Assert.Equal(s_pacific, TimeZoneStruct.Read(bytes));
        Assert.Null(TimeZoneStruct.Read(bytes.AsSpan(0, 47)));
    }

    [Fact]
    public void A_struct_is_a_time_zone()
    {
        TimeZoneInfo zone = s_pacific.ToTimeZoneInfo("Pacific")!;

        Assert.Equal(TimeSpan.FromHours(-8), zone.GetUtcOffset(new DateTime(2026, 1, 15)));
        Assert.Equal(TimeSpan.FromHours(-7), zone.GetUtcOffset(new DateTime(2026, 7, 15)));
        Assert.Equal(TimeSpan.FromHours(9), new TimeZoneStruct(-540, 0, 0, default, default).ToTimeZoneInfo("Tokyo")!.BaseUtcOffset);
        Assert.Null(new TimeZoneStruct(int.MinValue, 0, 0, default, default).ToTimeZoneInfo("x"));
        Assert.Null(new TimeZoneStruct(0, 0, -60, new SystemTimeRule(0, 13, 0, 1, 2, 0), new SystemTimeRule(0, 3, 0, 2, 2, 0)).ToTimeZoneInfo("x"));
    }

    [Fact]
    public void A_definition_reads_back()
    {
        TimeZoneDefinition definition = new("Pacific Standard Time", [new TimeZoneRule(false, false, 2006, s_pacific with { Bias = 470 }), new TimeZoneRule(false, true, 2007, s_pacific)]);
        byte[] bytes = definition.ToArray();

        Assert.Equal("0201" + "3000" + "0200" + "1500", Hex.Lower(bytes.AsSpan(0, 8)));
        Assert.Equal(8 + 42 + 2 + (2 * 66), bytes.Length);
        TimeZoneDefinition back = TimeZoneDefinition.Read(bytes)!;
        Assert.Equal(definition.KeyName, back.KeyName);
        Assert.Equal(definition.Rules, back.Rules);
        Assert.Equal(2007, back.Effective!.Year);
        Assert.Equal(TimeSpan.FromHours(-8), back.ToTimeZoneInfo()!.BaseUtcOffset);
        Assert.Equal(bytes, back.ToArray());
    }

    [Fact]
    public void Noise_never_throws()
    {
        Random random = new(9);
        byte[] sample = new TimeZoneDefinition("Tokyo Standard Time", [new TimeZoneRule(true, true, 1601, s_pacific)]).ToArray();
        for (int i = 0; i < 5000; i++)
        {
            byte[] noise = (byte[])sample.Clone();
            for (int k = random.Next(1, 8); k > 0; k--)
            {
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
            }

            TimeZoneDefinition.Read(noise.AsSpan(0, random.Next(noise.Length + 1)))?.ToTimeZoneInfo();
        }
    }

    [Fact]
    public void Global_object_ids_read_back()
    {
        const string Hexadecimal = "040000008200E00074C5B7101A82E00800000000604E2E3A8D5FDC0100000000000000001000000000112233445566778899AABBCCDDEEFF";
        GlobalObjectId id = GlobalObjectId.FromUid(Hexadecimal);

        Assert.Equal(Hexadecimal, id.Uid);
        Assert.Null(id.ForeignUid);
        GlobalObjectId occurrence = id.ForOccurrence(new DateTime(2026, 3, 30));
        byte[] bytes = occurrence.ToArray();
        Assert.Equal("07ea031e", Hex.Lower(bytes.AsSpan(16, 4)));
        Assert.True(GlobalObjectId.TryRead(bytes, out GlobalObjectId? back));
        Assert.Equal((2026, 3, 30), (back.Year, back.Month, back.Day));
        Assert.Equal(Hexadecimal, back.Uid);
    }

    [Fact]
    public void Foreign_uids_are_wrapped()
    {
        GlobalObjectId id = GlobalObjectId.FromUid("abc@google.com");

        Assert.True(GlobalObjectId.TryRead(id.ToArray(), out GlobalObjectId? back));
        Assert.Equal("abc@google.com", back.Uid);
        Assert.Equal("7643616c2d55696401000000", Hex.Lower(id.ToArray().AsSpan(40, 12)));
        Assert.False(GlobalObjectId.TryRead(id.ToArray().Take(45).ToArray(), out _));
        Assert.False(GlobalObjectId.TryRead([1, 2, 3], out _));
    }
}
