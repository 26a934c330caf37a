// Text, between the engine's UTF-16 and UTF-8.
#pragma once

inline std::string ShimUtf8(const TCHAR* Text, size_t Length)
{
	std::string Bytes;
	for (size_t At = 0; At < Length; ++At)
	{
		uint32 Code = Text[At];
		if (Code >= 0xD800 && Code < 0xDC00 && At + 1 < Length)
			Code = 0x10000 + ((Code - 0xD800) << 10) + (Text[++At] - 0xDC00u);
		if (Code < 0x80)
			Bytes += static_cast<char>(Code);
		else if (Code < 0x800)
			Bytes += {static_cast<char>(0xC0 | Code >> 6), static_cast<char>(0x80 | (Code & 63))};
		else if (Code < 0x10000)
			Bytes += {static_cast<char>(0xE0 | Code >> 12), static_cast<char>(0x80 | (Code >> 6 & 63)),
				static_cast<char>(0x80 | (Code & 63))};
		else
			Bytes += {static_cast<char>(0xF0 | Code >> 18), static_cast<char>(0x80 | (Code >> 12 & 63)),
				static_cast<char>(0x80 | (Code >> 6 & 63)), static_cast<char>(0x80 | (Code & 63))};
	}
	return Bytes;
}

inline std::u16string ShimUtf16(const char* Bytes, size_t Length)
{
	std::u16string Text;
	for (size_t At = 0; At < Length;)
	{
		const uint8 First = static_cast<uint8>(Bytes[At++]);
		int More = First < 0x80 ? 0 : First < 0xE0 ? 1 : First < 0xF0 ? 2 : 3;
		uint32 Code = More == 0 ? First : First & (0x3F >> More);
		for (; More && At < Length; --More)
			Code = Code << 6 | (static_cast<uint8>(Bytes[At++]) & 63);
		if (Code >= 0x10000)
		{
			Code -= 0x10000;
			Text += static_cast<char16_t>(0xD800 + (Code >> 10));
			Code = 0xDC00 + (Code & 0x3FF);
		}
		Text += static_cast<char16_t>(Code);
	}
	return Text;
}

class FTCHARToUTF8
{
	std::string Bytes;

public:
	explicit FTCHARToUTF8(const TCHAR* Text) : Bytes(ShimUtf8(Text, std::char_traits<TCHAR>::length(Text))) {}
	FTCHARToUTF8(const FTCHARToUTF8&) = delete;
	const ANSICHAR* Get() const { return Bytes.c_str(); }
	int32 Length() const { return static_cast<int32>(Bytes.size()); }
};

class FUTF8ToTCHAR
{
	std::u16string Text;

public:
	explicit FUTF8ToTCHAR(const ANSICHAR* Bytes) : Text(ShimUtf16(Bytes, std::strlen(Bytes))) {}
	FUTF8ToTCHAR(const ANSICHAR* Bytes, int32 Count) : Text(ShimUtf16(Bytes, static_cast<size_t>(Count))) {}
	FUTF8ToTCHAR(const FUTF8ToTCHAR&) = delete;
	const TCHAR* Get() const { return Text.c_str(); }
	int32 Length() const { return static_cast<int32>(Text.size()); }
};

// As in the engine, the results live until the end of the full expression.
#define TCHAR_TO_UTF8(x) (FTCHARToUTF8(x).Get())
#define UTF8_TO_TCHAR(x) (FUTF8ToTCHAR(x).Get())

class FString
{
	std::u16string Text;

public:
	FString() = default;
	FString(const TCHAR* From) : Text(From ? From : u"") {}
	FString(int32 Count, const TCHAR* From) : Text(From, static_cast<size_t>(Count)) {}

	const TCHAR* operator*() const { return Text.c_str(); }
	TCHAR operator[](int32 At) const { return Text.at(static_cast<size_t>(At)); }
	int32 Len() const { return static_cast<int32>(Text.size()); }
	bool IsEmpty() const { return Text.empty(); }
	bool operator==(const FString& Other) const { return Text == Other.Text; }
	bool Contains(const TCHAR* Part) const { return Text.find(Part) != std::u16string::npos; }
	FString operator+(const FString& Other) const { return FString((Text + Other.Text).c_str()); }
	FString operator/(const FString& Other) const { return FString((Text + u"/" + Other.Text).c_str()); }
	FString TrimStartAndEnd() const
	{
		const auto From = Text.find_first_not_of(u" \t\r\n"), To = Text.find_last_not_of(u" \t\r\n");
		return From == std::u16string::npos ? FString() : FString(Text.substr(From, To - From + 1).c_str());
	}
	bool RemoveFromStart(const TCHAR* Part)
	{
		const bool bThere = Text.rfind(Part, 0) == 0;
		if (bThere)
			Text.erase(0, std::char_traits<TCHAR>::length(Part));
		return bThere;
	}
	template <size_t Size, class... Args> static FString Printf(const TCHAR (&Format)[Size], Args... Arguments)
	{
		FString Out;
		Out.ShimFormat(Format, Arguments...);
		return Out;
	}

private:
	void ShimFormat(const TCHAR* Format) { Text += Format; }
	// Up to and with one placeholder; what stands between % and the letter is for numbers only.
	template <class First, class... Rest> void ShimFormat(const TCHAR* Format, First Value, Rest... Others)
	{
		for (; *Format && *Format != u'%'; ++Format)
			Text += *Format;
		check(*Format == u'%');
		std::string Spec = "%";
		for (++Format; !std::strchr("sdufx", static_cast<char>(*Format)); ++Format)
			Spec += static_cast<char>(*Format);
		Spec += static_cast<char>(*Format++);
		ShimValue(Spec, Value);
		ShimFormat(Format, Others...);
	}
	void ShimValue(const std::string& Spec, const TCHAR* Value)
	{
		check(Spec == "%s");
		Text += Value;
	}
	template <class Number> std::enable_if_t<std::is_arithmetic_v<Number>> ShimValue(const std::string& Spec, Number Value)
	{
		check(Spec.back() != 's');
		char Buffer[64];
		std::snprintf(Buffer, sizeof Buffer, Spec.c_str(), Value);
		Text += ShimUtf16(Buffer, std::strlen(Buffer));
	}
};

class FName
{
	FString Text;

public:
	FName() = default;
	explicit FName(const TCHAR* From) : Text(From) {}
	FString ToString() const { return Text; }
};
