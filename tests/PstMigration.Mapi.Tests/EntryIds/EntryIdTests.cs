using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.EntryIds;

public sealed class EntryIdTests
{
    private const string DistinguishedName = "/o=First/ou=Exchange Administrative Group/cn=Recipients/cn=somebody";

    [Fact]
    public void One_off_reads_back()
    {
        OneOffEntryId id = new("山田 太郎", "SMTP", "taro@example.jp");

        Assert.True(OneOffEntryId.TryRead(id.ToArray(), out OneOffEntryId back));
        Assert.Equal(id, back);
    }

    [Fact]
    public void Eight_bit_one_off_is_read_in_its_code_page()
    {
        byte[] head = new OneOffEntryId("", "", "").ToArray().Take(22).Concat(new byte[] { 1, 0 }).ToArray();
        byte[] id = head.Concat(CodePages.Get(932).GetBytes("ひらがな\0SMTP\0a@b.jp\0")).ToArray();

        Assert.True(OneOffEntryId.TryRead(id, out OneOffEntryId back));
        Assert.Equal("ひらがな", back.DisplayName);
        Assert.True(OneOffEntryId.TryRead(head.Concat(CodePages.Get(1251).GetBytes("Иван\0SMTP\0a@b.ru\0")).ToArray(), out back, CodePages.Get(1251)));
        Assert.Equal("Иван", back.DisplayName);
    }

    [Fact]
    public void Exchange_reads_back_and_has_the_documented_bytes()
    {
        ExchangeEntryId id = new(DistinguishedName);
        byte[] bytes = id.ToArray();

        Assert.Equal("00000000dca740c8c042101ab4b908002b2fe1820100000000000000", Hex.Lower(bytes.AsSpan(0, 28)));
        Assert.Equal(DistinguishedName + "\0", Encoding.ASCII.GetString(bytes, 28, bytes.Length - 28));
        Assert.True(ExchangeEntryId.TryRead(bytes, out ExchangeEntryId back));
        Assert.Equal(id, back);
        Assert.False(ExchangeEntryId.TryRead(bytes.AsSpan(0, 28), out _));
        Assert.False(OneOffEntryId.TryRead(bytes, out _));
    }

    [Fact]
    public void Wraps_are_seen_through()
    {
        byte[] inner = new OneOffEntryId("n", "SMTP", "a@b.c").ToArray();
        WrappedEntryId wrapped = new(0xC3, inner);

        Assert.True(WrappedEntryId.TryRead(wrapped.ToArray(), out WrappedEntryId back));
        Assert.Equal(WrappedEntryKind.Contact, back.Kind);
        Assert.Equal(1, back.EmailIndex);
        Assert.Equal(inner, WrappedEntryId.Unwrap(wrapped.ToArray()).ToArray());
        Assert.Equal(inner, WrappedEntryId.Unwrap(inner).ToArray());

        PropertyBag p = new();
        p.Set(PropertyTags.SentRepresentingEntryId, wrapped.ToArray());
        Assert.Equal("a@b.c", ItemParty.Author(p).Smtp);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Flat_lists_read_back(int count)
    {
        byte[][] entries = Enumerable.Range(0, count).Select(i => Enumerable.Repeat((byte)i, 21 + i).ToArray()).ToArray();

        byte[] value = FlatEntryList.Write(entries);

        Assert.Equal(0, value.Length % 4);
        Assert.Equal(entries, FlatEntryList.Read(value));
    }

    [Fact]
    public void A_damaged_flat_list_gives_what_is_whole()
    {
        byte[] value = FlatEntryList.Write([[1, 2, 3], [4, 5, 6]]);
        value.AsSpan(16, 4).Fill(0xFF);

        Assert.Equal([[1, 2, 3]], FlatEntryList.Read(value));
        value.AsSpan(8, 4).Fill(0xFF);
        Assert.Empty(FlatEntryList.Read(value));
        Assert.Empty(FlatEntryList.Read([1, 2]));
    }

    [Fact]
    public void Search_keys_are_upper_case()
    {
        byte[] key = SearchKeys.ForAddress("SMTP", "Taro@Example.jp");

        Assert.Equal("SMTP:TARO@EXAMPLE.JP\0", Encoding.ASCII.GetString(key));
        Assert.True(SearchKeys.TryRead(key, out string type, out string address));
        Assert.Equal(("SMTP", "TARO@EXAMPLE.JP"), (type, address));
        Assert.False(SearchKeys.TryRead([0xFF, 0xFE, 0x12], out _, out _));
    }

    [Fact]
    public void Noise_never_throws()
    {
        Random random = new(3);
        foreach (byte[] sample in new[] { new OneOffEntryId("a", "SMTP", "b").ToArray(), new ExchangeEntryId("/o=x").ToArray(), FlatEntryList.Write([[1], [2]]) })
        {
            for (int i = 0; i < 2000; i++)
            {
                byte[] noise = (byte[])sample.Clone();
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
                ReadOnlySpan<byte> cut = noise.AsSpan(0, random.Next(noise.Length + 1));
                OneOffEntryId.TryRead(cut, out _);
                ExchangeEntryId.TryRead(cut, out _);
                FlatEntryList.Read(cut);
                WrappedEntryId.Unwrap(cut);
            }
        }
    }
}
